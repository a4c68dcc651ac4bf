import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { ociPlace, readManifest } from '../local/read-manifest.ts';
import { pushTo } from '../local/wire/registry-releases.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

export const run: Run = async ({ terminal, args: [file = '', target = ''], format }) => {
  const place = ociPlace(target);
  if (place.digest !== undefined)
    throw new UsageError(`${target} names a digest, which follows from the content`, 'give a tag, or nothing');
  const release = await readManifest(terminal, file);
  const uri = await pushTo(terminal, place, release);
  printDocument(terminal, format, { document: { release: release.digest, uri }, text: uri });
  return exitCode.done;
};
