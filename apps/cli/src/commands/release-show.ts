import { readReleaseManifest } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { documentError } from '../local/document-error.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { printDocument } from '../output/print.ts';
import { releaseText } from '../output/release-text.ts';

export const run: Run = async ({ terminal, args: [file = ''], format }) => {
  const read = readReleaseManifest(await readTextFile(terminal, file), file);
  if (read.kind === 'invalid') throw documentError(file, read.problems);
  printDocument(terminal, format, { document: { digest: read.digest, manifest: read.value }, text: releaseText(read.value, read.digest) });
  return exitCode.done;
};
