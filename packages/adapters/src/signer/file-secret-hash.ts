import { join } from 'node:path';
import { loadOrCreateKey } from './key-file.ts';
import { secretHash } from './secret-hash.ts';

/** By a key that stays in the folder, so that equal values show as equal from one run of the server to the next. */
export async function fileSecretHash({ directory }: { readonly directory: string }): Promise<(value: string) => string> {
  const { privateKey } = await loadOrCreateKey(join(directory, 'values.pem'));
  return secretHash(privateKey.export({ type: 'pkcs8', format: 'der' }));
}
