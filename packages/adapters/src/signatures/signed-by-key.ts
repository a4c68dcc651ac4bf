import { hash } from 'node:crypto';
import { preAuthenticationEncoding } from '@fairlead/domain';
import type { AttestationAnswer, AttestationQuestion, SignedContent, SignerTrust } from '@fairlead/engine';
import type { BundleShape } from './bundle-schema.ts';
import { isSignedBy, readPublicKey, type PublicKey } from './public-key.ts';
import { Refusal } from './refusal.ts';
import { statementOf } from './signed-content.ts';

type KeyTrust = Extract<SignerTrust, { readonly kind: 'key' }>;

/** Verifies by the key alone: whatever names, times or log entries the bundle brings, they make it no better. */
export function signedByKey(shape: BundleShape, trust: KeyTrust, artifact: AttestationQuestion['artifact']): AttestationAnswer {
  const key = readPublicKey(trust.key);
  const { publicKey } = shape.verificationMaterial;
  if (publicKey === undefined)
    throw new Refusal('untrusted', 'it is signed by an identity with a certificate, and the policy asks for a key');
  return { kind: 'verified', identity: { kind: 'key', keyId: key.keyId }, content: contentOf(shape, key, artifact) };
}

function contentOf(
  { dsseEnvelope, messageSignature, verificationMaterial }: BundleShape,
  key: PublicKey,
  artifact: Uint8Array | undefined,
): SignedContent {
  if (dsseEnvelope !== undefined) {
    const payload = Buffer.from(dsseEnvelope.payload, 'base64');
    const signed = preAuthenticationEncoding(dsseEnvelope.payloadType, payload);
    requireSignature(isSignedBy(key, signed, Buffer.from(dsseEnvelope.signatures[0].sig, 'base64')), verificationMaterial, key);
    return statementOf(dsseEnvelope.payloadType, payload);
  }
  if (artifact === undefined || messageSignature === undefined)
    throw new Refusal('malformed', 'it holds a signature alone, of something that is not there');
  const { algorithm, digest } = messageSignature.messageDigest;
  if (algorithm !== 'SHA2_256' || digest !== hash('sha256', artifact, 'base64')) throw new Refusal('untrusted', 'it signs something else');
  requireSignature(isSignedBy(key, artifact, Buffer.from(messageSignature.signature, 'base64')), verificationMaterial, key);
  return { kind: 'artifact' };
}

function requireSignature(isSigned: boolean, { publicKey }: BundleShape['verificationMaterial'], { keyId }: PublicKey): void {
  if (isSigned) return;
  const hint = publicKey?.hint ?? '';
  const another = hint !== '' && hint !== keyId && hint !== Buffer.from(keyId, 'hex').toString('base64');
  throw new Refusal('untrusted', another ? `it was not made with the key ${keyId}` : `the key ${keyId} signed something else`);
}
