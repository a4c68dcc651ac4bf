import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { AttestationAnswer } from '@fairlead/engine';
import { sigstoreAttestor } from './sigstore-attestor.ts';

const attestor = sigstoreAttestor();
afterAll(() => attestor[Symbol.asyncDispose]());

const key = Buffer.from(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString());
const judge = (text: string | Uint8Array, by = attestor): Promise<AttestationAnswer> =>
  by.verify({ material: { kind: 'bundle', bytes: Buffer.from(text) }, trust: { kind: 'key', key } });

describe('a hostile bundle', () => {
  it.each([
    ['nothing', ''],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0)],
    ['a number', '1'],
    ['null', 'null'],
    ['depth', '['.repeat(1_000_000)],
    ['a wide object', `{${Array.from({ length: 100_000 }, (_, at) => `"k${String(at)}":1`).join(',')}}`],
    ['more parts than any has', `[${'{},'.repeat(2_500_000)}1]`],
    ['a prototype', '{"__proto__":{"mediaType":"x"},"constructor":1}'],
  ])('of %s is malformed', async (...row) => {
    expect(await judge(row[1])).toMatchObject({ kind: 'refused', code: 'malformed' });
  });

  it('that is too large is not even opened', async () => {
    expect(await judge(`"${'x'.repeat(9_000_000)}"`)).toEqual({
      kind: 'refused',
      code: 'too-large',
      because: 'it has 9000002 bytes, more than 8388608',
    });
  });

  it('that takes more time than there is ends alone, and the next is judged', async () => {
    await using hasty = sigstoreAttestor({ timeoutMs: 1 });

    expect(await judge('1', hasty)).toEqual({ kind: 'refused', code: 'too-slow', because: 'verifying it takes more than 0.001 s' });
    expect(await judge('1')).toMatchObject({ code: 'malformed' });
  });

  it('with a certificate of endless parts is malformed', async () => {
    const rawBytes = Buffer.alloc(3_000_000, Buffer.from('3080', 'hex')).toString('base64');
    const bundle = {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { certificate: { rawBytes }, tlogEntries: [] },
      messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: 'AA==' }, signature: 'AA==' },
    };

    expect(await judge(JSON.stringify(bundle))).toMatchObject({
      code: 'malformed',
      because: 'it is no Sigstore bundle: at verificationMaterial.certificate.rawBytes',
    });
  });

  it('shows none of itself in what is said of it', async () => {
    const answer = await judge('{"mediaType":"\\u001b[2Jsecret","verificationMaterial":{"secret-field":1}}');

    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
