import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSigningKey } from './signing-key.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const cosign = ['-----BEGIN ENCRYPTED SIGSTORE', 'PRIVATE KEY-----\ne30=\n'].join(' ');

describe('a key that signs releases', () => {
  it('has one name, locked or not', () => {
    const plain = readSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), { name: 'key' });

    expect(readSigningKey(encrypted, { name: 'key', password: 'open sesame' }).keyId).toBe(plain.keyId);
  });

  it.each([
    ['without its password', encrypted, undefined, 'release.key is encrypted'],
    ['with another password', encrypted, 'abracadabra', "release.key doesn't open with the password of FAIRLEAD_KEY_PASSWORD"],
    ['that is none', 'none', undefined, 'release.key holds no private key in PEM form'],
    ['of a kind that signs no releases', rsa, undefined, 'release.key is a key of a kind that signs no releases: rsa'],
    ['in cosign’s form', cosign, undefined, "release.key is a key in cosign's own form, which only cosign reads"],
  ])('is refused %s', (...row) => {
    const [, pem, password, message] = row;

    expect(() => readSigningKey(pem, { name: 'release.key', password })).toThrow(message);
  });
});
