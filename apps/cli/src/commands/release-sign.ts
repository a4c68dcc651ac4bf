import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readSecretText } from '../local/read-secret-text.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { readSigningKey, signManifestFile } from '../local/wire/sign-release.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({ key: z.string({ error: 'is missing: the private key, as a file or env:NAME' }), out: z.string().optional() });

export const run: Run = async ({ terminal, args: [name = ''], options: given, format }) => {
  const { key: reference, out = `${name}.sig.json` } = parseOptions(Options, given);
  if (out === '-' || out === '-.sig.json') throw new UsageError('a signature is kept in a file beside its manifest', 'give --out FILE');
  const text = await readTextFile(terminal, name);
  const key = readSigningKey(await readSecretText(terminal, reference), {
    name: reference,
    password: terminal.env['FAIRLEAD_KEY_PASSWORD'],
  });
  const path = resolve(terminal.cwd, out);
  const before = await readFile(path).catch(() => new Uint8Array());
  const signed = signManifestFile(key, { name, text, before });
  await writeFile(path, signed.text);
  terminal.stderr.write(`signed ${name} with the key ${signed.keyId}; commit ${out} beside it\n`);
  printDocument(terminal, format, { document: { file: out, keyId: signed.keyId }, text: out });
  return exitCode.done;
};
