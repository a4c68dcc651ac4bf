import { hash, X509Certificate } from 'node:crypto';
import type { SignedMaterial } from '@fairlead/engine';
import { z } from 'zod';
import { parseBounded } from './parse-bounded.ts';
import { Refusal } from './refusal.ts';
import { strictBase64 } from './strict-base64.ts';

type CosignLayer = Extract<SignedMaterial, { readonly kind: 'cosign-layer' }>;

export const simpleSigningType = 'application/vnd.dev.cosign.simplesigning.v1+json';
export const envelopeType = 'application/vnd.dsse.envelope.v1+json';

const names = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  bundle: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

const RekorBundle = z.looseObject({
  SignedEntryTimestamp: z.base64().min(1),
  Payload: z.looseObject({ body: z.base64().min(1), integratedTime: z.int().min(0), logIndex: z.int().min(0), logID: z.hex().length(64) }),
});
const EntryBody = z.looseObject({ kind: z.string(), apiVersion: z.string() });
const Timestamp = z.looseObject({ SignedRFC3161Timestamp: z.base64().min(1) });

/** The signature of a payload: what stands beside it in its layer's annotations. */
function layerSignature({ annotations }: CosignLayer): Buffer {
  return strictBase64(annotations[names.signature] ?? '', 'the signature');
}

/** The same as a Sigstore bundle, for one way of verifying. */
export function bundleOfLayer(layer: CosignLayer, signer: 'certificate' | { readonly keyId: string }): unknown {
  const { annotations, bytes, mediaType } = layer;
  const timestamp = readJson(annotations[names.timestamp], Timestamp);
  const material = {
    ...(signer === 'certificate'
      ? { x509CertificateChain: { certificates: [{ rawBytes: certificateOf(annotations[names.certificate]) }] } }
      : { publicKey: { hint: signer.keyId } }),
    tlogEntries: logEntries(annotations[names.bundle]),
    ...(timestamp === undefined
      ? {}
      : { timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: timestamp.SignedRFC3161Timestamp }] } }),
  };
  const base = { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1', verificationMaterial: material };
  if (mediaType === envelopeType) return { ...base, dsseEnvelope: parseJson(bytes) };
  const messageDigest = { algorithm: 'SHA2_256', digest: hash('sha256', bytes, 'base64') };
  return { ...base, messageSignature: { messageDigest, signature: layerSignature(layer).toString('base64') } };
}

function certificateOf(pem: string | undefined): string {
  if (pem === undefined) throw new Refusal('untrusted', 'it is signed with a key, and the policy asks for an identity');
  try {
    return new X509Certificate(pem).raw.toString('base64');
  } catch {
    throw new Refusal('malformed', 'its certificate is malformed');
  }
}

/** Rekor's promise to log it, which is all that this form has. */
function logEntries(text: string | undefined): readonly unknown[] {
  const read = readJson(text, RekorBundle);
  if (read === undefined) return [];
  const { body, integratedTime, logIndex, logID } = read.Payload;
  const { kind, apiVersion } = readJson(Buffer.from(body, 'base64').toString('utf8'), EntryBody) ?? { kind: '', apiVersion: '' };
  return [
    {
      logIndex: String(logIndex),
      logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
      kindVersion: { kind, version: apiVersion },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: read.SignedEntryTimestamp },
      canonicalizedBody: body,
    },
  ];
}

function readJson<T>(text: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  const read = schema.safeParse(parseJson(Buffer.from(text)));
  if (!read.success) throw new Refusal('malformed', 'what stands beside its signature is malformed');
  return read.data;
}

function parseJson(bytes: Uint8Array): unknown {
  const value = parseBounded(bytes);
  if (value === undefined) throw new Refusal('malformed', 'it is no JSON, or far more of it than any signature has');
  return value;
}
