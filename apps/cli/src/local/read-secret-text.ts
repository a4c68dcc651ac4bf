import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotFoundError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** A secret that a flag refers to: `env:NAME`, or a file. Never on the command line itself, where every process can read it. */
export async function readSecretText({ cwd, env, stderr }: Terminal, reference: string): Promise<string> {
  if (reference.startsWith('env:')) {
    const text = env[reference.slice('env:'.length)];
    if (text === undefined || text === '')
      throw new UsageError(
        `the environment variable ${reference.slice('env:'.length)} is not set`,
        'set it to the key itself, in PEM form',
      );
    return text;
  }
  if (reference.includes('-----BEGIN'))
    throw new UsageError(
      '--key holds a key itself, and every process of this machine can read it',
      'give the file of the key, or env:NAME',
    );
  const path = resolve(cwd, reference.replace(/^file:/, ''));
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true)
    throw new NotFoundError('path-unknown', `there is no file ${reference}`, { hint: 'give the file of the key, or env:NAME' });
  if ((found.mode & 0o077) !== 0) stderr.write(`others can read ${reference}: chmod 600 ${reference}\n`);
  return readFile(path, 'utf8');
}
