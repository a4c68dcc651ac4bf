import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { noteKeyId, verifierKey, writeSignedNote } from '@fairlead/domain';
import type { LogKey } from '../ledger/open-log.ts';

export interface TestLogKey {
  readonly key: LogKey;
  readonly publicKey: KeyObject;
  readonly raw: Uint8Array;
}

/** A log key of its own, in memory. */
export function testLogKey(origin = 'fairlead.example/log'): TestLogKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const note = { name: origin, keyId: noteKeyId(origin, raw) };
  const signNote = (text: string): string =>
    writeSignedNote({ text, signatures: [{ ...note, signature: sign(null, Buffer.from(text), privateKey) }] });
  return { key: { origin, verifierKey: verifierKey(origin, raw), signNote }, publicKey, raw };
}
