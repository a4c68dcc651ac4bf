import { createPublicKey, hash, verify } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fromBase64,
  LogLeaf,
  parseSignedNote,
  preAuthenticationEncoding,
  SigstoreBundle,
  Statement,
  type NewEvidence,
} from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileLogKey } from './file-log-key.ts';
import { fileSigner } from './file-signer.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'fl-keys-')), 'keys');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const fact: NewEvidence = {
  type: 'merge',
  at: '2026-01-02T03:04:05.678Z',
  service: 'shop',
  subjects: [{ name: 'commit', digest: { gitCommit: 'ab' } }],
  body: { note: 'é' },
};
const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

describe('a signed record', () => {
  it('verifies over its stored bytes, and its leaf and digest are of what was signed', async () => {
    const signer = await fileSigner({ directory });

    const record = await signer.sign(fact);

    const { dsseEnvelope, verificationMaterial } = SigstoreBundle.parse(json(record.bundle));
    const payload = fromBase64(dsseEnvelope.payload);
    const pae = preAuthenticationEncoding(dsseEnvelope.payloadType, payload);
    const publicKey = createPublicKey({ key: Buffer.from(signer.spki), type: 'spki', format: 'der' });
    expect(verify(null, pae, publicKey, fromBase64(dsseEnvelope.signatures[0].sig))).toBe(true);
    expect(verificationMaterial.publicKey.hint).toBe(hash('sha256', signer.spki, 'hex'));
    expect(record.digest).toBe(`sha256:${hash('sha256', pae, 'hex')}`);
    expect(LogLeaf.parse(json(record.leaf))).toEqual({
      v: 1,
      type: 'https://fairlead.dev/attestation/merge/v1',
      pae: hash('sha256', pae, 'hex'),
      at: fact.at,
    });
    expect(Statement.parse(json(payload)).predicate['note']).toBe('é');
  });

  it('differs each time, so that equal facts are two records', async () => {
    const signer = await fileSigner({ directory });

    expect((await signer.sign(fact)).digest).not.toBe((await signer.sign(fact)).digest);
  });
});

describe('the key files', () => {
  it('are made once, for their owner alone, also when several start at once', async () => {
    const signers = await Promise.all([fileSigner({ directory }), fileSigner({ directory })]);
    const log = await fileLogKey({ directory });
    const again = await fileSigner({ directory });

    expect(new Set([...signers, again].map(({ keyId }) => keyId)).size).toBe(1);
    expect((await readdir(directory)).sort()).toEqual(['log.pem', 'record.pem']);
    expect((await stat(join(directory, 'log.pem'))).mode & 0o777).toBe(0o600);
    expect(log.verifierKey).not.toContain(again.keyId.slice(0, 8));
  });

  it('are refused when others can read them or when they hold something else', async () => {
    await fileSigner({ directory });
    await chmod(join(directory, 'record.pem'), 0o640);
    await writeFile(join(directory, 'log.pem'), 'no key', { mode: 0o600 });

    await expect(fileSigner({ directory })).rejects.toThrow('can be read by others');
    await expect(fileLogKey({ directory })).rejects.toThrow("doesn't hold an Ed25519 private key");
  });
});

it('names a log after its key unless it is given a name', async () => {
  const unnamed = await fileLogKey({ directory });
  const named = await fileLogKey({ directory, origin: 'fairlead.example/log' });

  expect(unnamed.origin).toMatch(/^fairlead\.local\/[0-9a-f]{16}$/);
  expect(parseSignedNote(named.signNote('text\n')).signatures[0]?.name).toBe('fairlead.example/log');
});
