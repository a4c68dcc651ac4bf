import { resolve } from 'node:path';
import { assembleRelease, readReleaseFragment, type FragmentFile } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { documentError } from '../local/document-error.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { releaseRefused } from '../local/release-refused.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import type { Terminal } from '../terminal.ts';

const Options = z.object({ require: z.array(z.string()).default([]), out: z.string().min(1, 'is empty').optional() });

/** Joins what parallel builds wrote. Needs neither checkout nor network. */
export const run: Run = async ({ terminal, args: files, options: given, format }) => {
  const { require, out } = parseOptions(Options, given);
  const fragments = await Promise.all(files.map((file) => readFragment(terminal, file)));
  const required = require.flatMap((names) => names.split(',')).map((name) => name.trim());
  const assembled = assembleRelease(
    fragments,
    required.filter((name) => name !== ''),
  );
  if (assembled.kind === 'refused') throw releaseRefused('the fragments do not make one release', assembled.problems);
  const { digest, manifest, text } = assembled;
  if (out === undefined) {
    printDocument(terminal, format, { document: manifest, text });
    terminal.stderr.write(`${digest}\n`);
    return exitCode.done;
  }
  await writeNewFile(resolve(terminal.cwd, out), text);
  printDocument(terminal, format, { document: { release: digest, file: out }, text: digest });
  return exitCode.done;
};

async function readFragment(terminal: Terminal, file: string): Promise<FragmentFile> {
  const read = readReleaseFragment(await readTextFile(terminal, file), file);
  if (read.kind === 'invalid') throw documentError(file, read.problems);
  return { file, fragment: read.value };
}
