import { bytesOf, joined, type Bytes } from '../bytes/bytes.ts';
import { ed25519Key, sha256, type VerifyKey } from '../bytes/crypto.ts';
import { fromBase64, hexOf } from '../bytes/encoding.ts';
import { demand } from '../refusal.ts';
import { signedBytes, type NoteSignature, type SignedNote } from './signed-note.ts';

const types = { log: 0x01, witness: 0x04 } as const;

/** A key that signs notes, known beforehand as `name+id+key`. */
export interface NoteKey {
  readonly name: string;
  readonly id: string;
  readonly type: keyof typeof types;
  readonly key: VerifyKey;
}

/** Refuses a key of another type, and one whose id isn't that of its name and key. */
export async function parseNoteKey(text: string, type: keyof typeof types): Promise<NoteKey> {
  const [, name = '', id = '', encoded = ''] = /^([^\s+\p{Cc}]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  demand(name !== '', 'key-invalid', `not a verifier key: ${JSON.stringify(text.slice(0, 80))}`);
  const bytes = fromBase64(encoded);
  demand(bytes[0] === types[type] && bytes.length === 33, 'key-invalid', `the key of ${name} is not an Ed25519 key of a ${type}`);
  const named = await sha256(joined(bytesOf(`${name}\n`), bytes));
  demand(hexOf(named.subarray(0, 4)) === id, 'key-invalid', `the key of ${name} has another id than ${id}`);
  return { name, id, type, key: await ed25519Key('raw', bytes.slice(1)) };
}

/** Whether the key signed the note. A signature of its name and id that doesn't hold is a refusal, not an absence. */
export async function hasSigned(note: SignedNote, key: NoteKey): Promise<boolean> {
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
  for (const signature of own) {
    demand(await holds(note, key, signature), 'note-signature-wrong', `the signature of ${key.name} does not hold`);
  }
  return own.length > 0;
}

async function holds(note: SignedNote, { type, key }: NoteKey, { signature }: NoteSignature): Promise<boolean> {
  if (type === 'log') return signature.length === 64 && key.verifies(signature, signedBytes(note));
  if (signature.length !== 72) return false;
  return key.verifies(signature.slice(8), joined(bytesOf(`cosignature/v1\ntime ${String(cosignedAt(signature))}\n`), signedBytes(note)));
}

/** C2SP tlog-cosignature: seconds since 1970, eight bytes, before the signature. */
function cosignedAt(signature: Bytes): bigint {
  return new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
}
