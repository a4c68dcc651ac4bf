import { createPublicKey, verify } from 'node:crypto';
import { InvalidError, parseCheckpoint, parseSignedNote } from '@fairlead/domain';

/** The DER prefix of an Ed25519 public key. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a checkpoint's note is signed by this key, under its name and for its own log. */
export function noteVerifier(verifierKey: string): (note: string) => boolean {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1)
    throw new InvalidError('not-a-verifier-key', `not an Ed25519 verifier key: ${verifierKey}`);
  const publicKey = createPublicKey({ key: Buffer.concat([spkiPrefix, bytes.subarray(1)]), format: 'der', type: 'spki' });
  return (note) => {
    const { text, signatures } = parseSignedNote(note);
    if (parseCheckpoint(text).origin !== name) return false;
    const ours = signatures.filter((one) => one.name === name && one.keyId === keyId);
    return ours.length > 0 && ours.every(({ signature }) => verify(null, Buffer.from(text), publicKey, signature));
  };
}
