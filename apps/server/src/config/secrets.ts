import { readFile, stat } from 'node:fs/promises';
import { InvalidError, secretSource, type SecretReference } from '@fairlead/domain';

/** The value behind a reference. Neither value nor content ever stands in a message. */
export async function readSecret(reference: SecretReference, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const source = secretSource(reference);
  if (source.kind === 'env') {
    const value = env[source.name];
    if (value !== undefined && value !== '') return value;
    throw new InvalidError('configuration-invalid', `the environment variable ${source.name} is not set`, { hint: `set ${source.name}` });
  }
  const { mode } = await stat(source.path).catch(() => {
    throw new InvalidError('configuration-invalid', `can't read ${source.path}`, {
      hint: 'correct the path, or make the file readable for the server',
    });
  });
  if ((mode & 0o077) !== 0) {
    throw new InvalidError('configuration-invalid', `${source.path} can be read by others`, { hint: `chmod 600 ${source.path}` });
  }
  return (await readFile(source.path, 'utf8')).trimEnd();
}
