import { readReleaseManifest } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { documentError } from '../local/document-error.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { printDocument } from '../output/print.ts';

/** Judges the document alone: nothing that it points to is fetched. */
export const run: Run = async ({ terminal, args: [file = ''], format }) => {
  const read = readReleaseManifest(await readTextFile(terminal, file), file);
  if (read.kind === 'invalid') throw documentError(file, read.problems);
  const { metadata } = read.value;
  printDocument(terminal, format, {
    document: { release: read.digest, service: metadata.service, version: metadata.version },
    text: read.digest,
  });
  return exitCode.done;
};
