import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readReleaseManifest, type ReleaseManifest } from '@fairlead/domain';
import { attestMaterial } from './attest-material.ts';
import { signRelease } from './sign-release.ts';
import { readSigningKey, type SigningKey } from './signing-key.ts';

const text = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components: [{ name: web, image: { repository: r.example.com/web, digest: "sha256:${'b'.repeat(64)}" } }]
`;

function manifest(): ReleaseManifest {
  const read = readReleaseManifest(text, 'release.yaml');
  if (read.kind === 'invalid') throw new Error('invalid');
  return read.value;
}

const pems = [
  generateKeyPairSync('ed25519').privateKey,
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
].map((key) => key.export({ type: 'pkcs8', format: 'pem' }).toString());
const keys: readonly SigningKey[] = pems.map((pem) => readSigningKey(pem, { name: 'key' }));

it.each(keys.map((key, at) => ({ key, kind: createPublicKey(pems[at] ?? '').asymmetricKeyType })))(
  'a bundle of $kind is refused with any one byte of it changed',
  ({ key }) => {
    const bundle = signRelease(key, manifest(), Buffer.from(text));
    const trust = { kind: 'key', key: Buffer.from(key.publicPem) } as const;
    expect(attestMaterial({ material: { kind: 'bundle', bytes: bundle }, trust })).toMatchObject({ kind: 'verified' });

    fc.assert(
      fc.property(fc.nat(bundle.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Uint8Array.from(bundle, (byte, index) => (index === at ? byte ^ flip : byte));

        expect(attestMaterial({ material: { kind: 'bundle', bytes: altered }, trust })).toMatchObject({ kind: 'refused' });
      }),
      { numRuns: 300 },
    );
  },
);

it('is refused by the key of another', () => {
  const [one, other] = keys;
  if (one === undefined || other === undefined) throw new Error('no keys');
  const bytes = signRelease(one, manifest(), Buffer.from(text));

  expect(attestMaterial({ material: { kind: 'bundle', bytes }, trust: { kind: 'key', key: Buffer.from(other.publicPem) } })).toEqual({
    kind: 'refused',
    code: 'untrusted',
    because: `it was not made with the key ${other.keyId}`,
  });
});
