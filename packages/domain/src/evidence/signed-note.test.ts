import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { noteKeyId, parseSignedNote, verifierKey, writeSignedNote } from './signed-note.ts';
import { portableTreeHasher } from './tree-hasher.ts';

const checkpoint = { origin: 'fairlead.example/log', size: 12, root: portableTreeHasher.emptyRoot };
const text = checkpointText(checkpoint);

describe('a signed checkpoint', () => {
  it('reads back as what was signed', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    const keyId = noteKeyId(checkpoint.origin, raw);

    const note = writeSignedNote({
      text,
      signatures: [{ name: checkpoint.origin, keyId, signature: sign(null, Buffer.from(text), privateKey) }],
    });

    const read = parseSignedNote(note);
    const [signature] = read.signatures;
    expect(parseCheckpoint(read.text)).toEqual(checkpoint);
    expect(signature?.keyId).toBe(keyId);
    expect(verify(null, Buffer.from(read.text), publicKey, signature?.signature ?? Buffer.of())).toBe(true);
  });

  it('has the key id and verifier key of the signed-note specification', () => {
    // The example key in the documentation of golang.org/x/mod/sumdb/note.
    const documented = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const publicKey = Buffer.from(documented.split('+').slice(2).join('+'), 'base64').subarray(1);

    expect(verifierKey('PeterNeumann', publicKey)).toBe(documented);
  });

  it.each([
    ['leading zero', 'o\n012\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['sign', 'o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['empty size', 'o\n\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['more than JavaScript can count', 'o\n9999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['an extension line', 'o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n'],
    ['no final line feed', 'o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    ['bits that no encoder sets', 'o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n'],
  ])('is refused with %s', (_, altered) => {
    expect(() => parseCheckpoint(altered)).toThrow();
  });

  it.each([
    ['no signature block', 'text\n'],
    ['a control character', 'te\txt\n\n— n AAAAAAAA\n'],
    ['a hyphen for a dash', 'text\n\n- n AAAAAAAA\n'],
    ['a plus sign in the name', 'text\n\n— a+b AAAAAAAA\n'],
    ['a signature that is only a key id', 'text\n\n— n AAAAAA==\n'],
    ['a line too many', 'text\n\n— n AAAAAAAA\nx\n'],
  ])('is no note with %s', (_, note) => {
    expect(() => parseSignedNote(note)).toThrow();
  });
});
