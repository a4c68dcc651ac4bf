import { resolve } from 'node:path';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { ociPlace, readManifest } from '../local/read-manifest.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ out: z.string().min(1, 'is empty').optional() });

export const run: Run = async ({ terminal, args: [place = ''], options, format }) => {
  const { out } = parseOptions(Options, options);
  ociPlace(place);
  const { manifest, digest, text, uri } = await readManifest(terminal, place);
  if (out === undefined) {
    printDocument(terminal, format, { document: manifest, text });
    terminal.stderr.write(`${digest}\n`);
    return exitCode.done;
  }
  await writeNewFile(resolve(terminal.cwd, out), text);
  printDocument(terminal, format, { document: { release: digest, file: out, uri }, text: digest });
  return exitCode.done;
};
