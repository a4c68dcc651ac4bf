import { sign } from 'node:crypto';
import { join } from 'node:path';
import { noteKeyId, verifierKey, writeSignedNote } from '@fairlead/domain';
import { loadOrCreateKey } from './key-file.ts';

/** The key of the log, which signs nothing but checkpoints. */
export interface LogKey {
  /** The log's name, unique in the world. */
  readonly origin: string;
  /** `name+id+key`: what a verifier must know beforehand. */
  readonly verifierKey: string;
  /** The signed note of a checkpoint's text. */
  signNote(text: string): string;
}

/** The log key of the folder, made at the first start. Without an origin the log is named after its key. */
export async function fileLogKey({ directory, origin }: { readonly directory: string; readonly origin?: string }): Promise<LogKey> {
  const { privateKey, keyId, raw } = await loadOrCreateKey(join(directory, 'log.pem'));
  const name = origin ?? `fairlead.local/${keyId.slice(0, 16)}`;
  const note = { name, keyId: noteKeyId(name, raw) };
  return {
    origin: name,
    verifierKey: verifierKey(name, raw),
    signNote: (text) => writeSignedNote({ text, signatures: [{ ...note, signature: sign(null, Buffer.from(text), privateKey) }] }),
  };
}
