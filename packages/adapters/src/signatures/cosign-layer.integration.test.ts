import { generateKeyPairSync, hash, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { preAuthenticationEncoding, statementPayloadType } from '@fairlead/domain';
import type { SignedMaterial } from '@fairlead/engine';
import { envelopeType, simpleSigningType } from './cosign-layer.ts';
import { sigstoreAttestor } from './sigstore-attestor.ts';

const attestor = sigstoreAttestor();
afterAll(() => attestor[Symbol.asyncDispose]());

const file = (name: string): Buffer => readFileSync(new URL(`./fixtures/conformance/${name}`, import.meta.url));
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const trust = { kind: 'key', key: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }).toString()) } as const;

const layer = (bytes: Uint8Array, mediaType: string, annotations: Readonly<Record<string, string>>): SignedMaterial => ({
  kind: 'cosign-layer',
  bytes,
  mediaType,
  annotations,
});
const payload = Buffer.from(
  JSON.stringify({
    critical: { identity: {}, image: { 'docker-manifest-digest': `sha256:${'b'.repeat(64)}` }, type: 'cosign container image signature' },
    optional: null,
  }),
);
const annotated = (signature: Uint8Array): Readonly<Record<string, string>> => ({
  'dev.cosignproject.cosign/signature': Buffer.from(signature).toString('base64'),
});

describe('a layer that cosign signed with a key', () => {
  it('is verified, and gives back its payload', async () => {
    const material = layer(payload, simpleSigningType, annotated(sign('sha256', payload, privateKey)));

    const answer = await attestor.verify({ material, trust });

    expect(answer).toEqual({
      kind: 'verified',
      identity: { kind: 'key', keyId: hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex') },
      content: { kind: 'simple-signing', payload: new Uint8Array(payload) },
    });
  });

  it('is refused with another payload, without a signature, and with one that is none', async () => {
    const signature = sign('sha256', payload, privateKey);
    const other = Buffer.from(payload.toString().replace('bbb', 'bbc'));

    expect(await attestor.verify({ material: layer(other, simpleSigningType, annotated(signature)), trust })).toMatchObject({
      code: 'untrusted',
    });
    expect(await attestor.verify({ material: layer(payload, simpleSigningType, {}), trust })).toMatchObject({
      code: 'malformed',
      because: 'the signature is not base64',
    });
    expect(
      await attestor.verify({ material: layer(payload, simpleSigningType, { 'dev.cosignproject.cosign/signature': 'a b' }), trust }),
    ).toMatchObject({ code: 'malformed' });
  });

  it('of an attestation gives back its statement', async () => {
    const statement = Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}');
    const signature = sign('sha256', preAuthenticationEncoding(statementPayloadType, statement), privateKey);
    const envelope = {
      payloadType: statementPayloadType,
      payload: statement.toString('base64'),
      signatures: [{ keyid: '', sig: signature.toString('base64') }],
    };

    const answer = await attestor.verify({ material: layer(Buffer.from(JSON.stringify(envelope)), envelopeType, {}), trust });

    expect(answer).toMatchObject({ kind: 'verified', content: { kind: 'statement', payload: new Uint8Array(statement) } });
  });
});

/** A bundle of the public Sigstore instance, in the form that cosign gave its signatures before. */
const Real = z.object({
  verificationMaterial: z.object({
    x509CertificateChain: z.object({ certificates: z.array(z.object({ rawBytes: z.string() })) }),
    tlogEntries: z.array(
      z.object({
        logIndex: z.string(),
        logId: z.object({ keyId: z.string() }),
        integratedTime: z.string(),
        inclusionPromise: z.object({ signedEntryTimestamp: z.string() }),
        canonicalizedBody: z.string(),
      }),
    ),
  }),
  messageSignature: z.object({ signature: z.string() }),
});

function realAnnotations(): Readonly<Record<string, string>> {
  const line = file('cases.jsonl')
    .toString()
    .split('\n')
    .find((one) => one.includes('"name": "happy-path-v0.1"'));
  const { verificationMaterial, messageSignature } = Real.parse(
    JSON.parse(z.object({ bundle: z.string() }).parse(JSON.parse(line ?? '')).bundle),
  );
  const [certificate] = verificationMaterial.x509CertificateChain.certificates;
  const [entry] = verificationMaterial.tlogEntries;
  if (certificate === undefined || entry === undefined) throw new Error('the case has changed');
  const Payload = {
    body: entry.canonicalizedBody,
    integratedTime: Number(entry.integratedTime),
    logIndex: Number(entry.logIndex),
    logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
  };
  return {
    'dev.cosignproject.cosign/signature': messageSignature.signature,
    'dev.sigstore.cosign/certificate': new X509Certificate(Buffer.from(certificate.rawBytes, 'base64')).toString(),
    'dev.sigstore.cosign/bundle': JSON.stringify({ SignedEntryTimestamp: entry.inclusionPromise.signedEntryTimestamp, Payload }),
  };
}

describe('a layer that an identity signed', () => {
  const trustedRoot = Buffer.from(
    JSON.stringify(z.record(z.string(), z.json()).parse(JSON.parse(file('trusted-roots.json').toString()))['public']),
  );
  const judge = (bytes: Uint8Array, annotations: Readonly<Record<string, string>>): ReturnType<typeof attestor.verify> =>
    attestor.verify({ material: layer(bytes, simpleSigningType, annotations), trust: { kind: 'keyless', trustedRoot } });

  it('is verified by its certificate and the log’s promise', async () => {
    expect(await judge(file('a.txt'), realAnnotations())).toMatchObject({
      kind: 'verified',
      identity: { kind: 'keyless', issuer: 'https://token.actions.githubusercontent.com' },
      content: { kind: 'simple-signing' },
    });
  });

  it.each([
    ['without the log’s promise', 'dev.sigstore.cosign/bundle', undefined, 'untrusted'],
    ['with a promise that is none', 'dev.sigstore.cosign/bundle', '{}', 'malformed'],
    ['without its certificate', 'dev.sigstore.cosign/certificate', undefined, 'untrusted'],
    ['with a certificate that is none', 'dev.sigstore.cosign/certificate', 'x', 'malformed'],
  ])('is refused %s', async (...row) => {
    const [, name, value, code] = row;
    const annotations = Object.fromEntries(
      Object.entries({ ...realAnnotations(), [name]: value }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );

    expect(await judge(file('a.txt'), annotations)).toMatchObject({ kind: 'refused', code });
  });

  it('is refused over another payload', async () => {
    expect(await judge(payload, realAnnotations())).toMatchObject({ kind: 'refused', code: 'untrusted' });
  });
});
