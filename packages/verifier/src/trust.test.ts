import { generateKeyPairSync, hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseTrust } from './trust.ts';

const raw = (): Buffer => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
const vkeyOf = (name: string, type: number, key = raw().subarray(-32)): string => {
  const bytes = Buffer.concat([Buffer.of(type), key]);
  return `${name}+${hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'hex').slice(0, 8)}+${bytes.toString('base64')}`;
};

const spki = raw();
const key = { keyId: hash('sha256', spki, 'hex'), spki: spki.toString('base64'), validFrom: '2026-01-01T00:00:00.000Z' };
const good = {
  kind: 'TrustPolicy',
  log: { origin: 'log.example', vkey: vkeyOf('log.example', 1) },
  witnesses: [],
  quorum: 0,
  recordKeys: [key],
  issuers: [],
};

describe('a trust file', () => {
  it('is read, laid out for people or not', async () => {
    await expect(parseTrust(JSON.stringify(good, undefined, 2))).resolves.toMatchObject({
      checkpoint: undefined,
      log: { origin: 'log.example', quorum: 0 },
    });
    await expect(parseTrust(JSON.stringify(good))).resolves.toBeDefined();
  });

  const shared = raw().subarray(-32);
  it.each([
    ['of another kind', { kind: 'Trust' }],
    ['with a field that nobody knows', { more: true }],
    ['without record keys', { recordKeys: [] }],
    ['with a key twice', { recordKeys: [key, key] }],
    ['with a key under another id', { recordKeys: [{ ...key, keyId: '0'.repeat(64) }] }],
    ['with a key that ends before it begins', { recordKeys: [{ ...key, validUntil: '2025-01-01T00:00:00.000Z' }] }],
    ['with a key without a beginning', { recordKeys: [{ keyId: key.keyId, spki: key.spki }] }],
    ['with a time on no calendar', { recordKeys: [{ ...key, validFrom: '2026-02-30T00:00:00.000Z' }] }],
    ['with a time of another zone', { recordKeys: [{ ...key, validFrom: '2026-01-01T00:00:00.000+01:00' }] }],
    ['with a key that is not base64', { recordKeys: [{ ...key, spki: `${key.spki}\n` }] }],
    ['with another name than its key', { log: { ...good.log, origin: 'other.example' } }],
    ['with more witnesses asked for than there are', { quorum: 1 }],
    ['with half a witness', { quorum: 0.5 }],
    ['with one witness under two names', { quorum: 2, witnesses: [vkeyOf('a.example', 4, shared), vkeyOf('b.example', 4, shared)] }],
    ['with issuers', { issuers: [{}] }],
    ['with a checkpoint that nobody signed', { checkpoint: 'log.example\n1\n\n' }],
  ])('%s is refused', async (_, change) => {
    await expect(parseTrust(JSON.stringify({ ...good, ...change }))).rejects.toThrow();
  });

  it('that names a field twice is refused', async () => {
    await expect(parseTrust(JSON.stringify(good).replace('"quorum":0', '"quorum":1,"quorum":0'))).rejects.toThrow('twice');
  });
});
