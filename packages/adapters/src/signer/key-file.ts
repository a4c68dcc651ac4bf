import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomUUID, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidError } from '@fairlead/domain';

export interface KeyFile {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** SHA-256 of the public key's SPKI form, hexadecimal: the key's name in every record. */
  readonly keyId: string;
  /** The 32 bytes of the Ed25519 public key. */
  readonly raw: Uint8Array;
  readonly spki: Uint8Array;
}

/** Reads an Ed25519 private key (PKCS#8, PEM), or makes one where there is none. Of processes that start at once, all get the same key. */
export async function loadOrCreateKey(path: string): Promise<KeyFile> {
  const pem = (await readIfThere(path)) ?? (await create(path));
  const privateKey = parseKey(path, pem);
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey, keyId: hash('sha256', spki, 'hex'), raw: spki.subarray(-32), spki };
}

async function readIfThere(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if ((found.mode & 0o077) !== 0)
    throw new InvalidError('key-file-open', `key file ${path} can be read by others`, {
      hint: `chmod 600 ${path}, and replace the key if somebody may have copied it`,
    });
  return readFile(path, 'utf8');
}

/** A link, unlike a rename, never replaces what another process put there first. */
async function create(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const partial = `${path}.new-${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(partial, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600, flush: true });
  await link(partial, path).catch(() => undefined);
  await rm(partial);
  return readFile(path, 'utf8');
}

function parseKey(path: string, pem: string): KeyObject {
  const key = tryParse(pem);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new InvalidError('key-file-invalid', `key file ${path} doesn't hold an Ed25519 private key in PEM form`, {
    hint: 'restore it from a backup; a new key can not continue the old log',
  });
}

function tryParse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
