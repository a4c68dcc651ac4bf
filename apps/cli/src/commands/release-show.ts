import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readManifest } from '../local/read-manifest.ts';
import { printDocument } from '../output/print.ts';
import { releaseText } from '../output/release-text.ts';

export const run: Run = async ({ terminal, args: [place = ''], format }) => {
  const { manifest, digest } = await readManifest(terminal, place);
  printDocument(terminal, format, { document: { digest, manifest }, text: releaseText(manifest, digest) });
  return exitCode.done;
};
