import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import type { VerifiedIdentity } from '@fairlead/domain';
import type { AttestationAnswer } from '@fairlead/engine';
import { readBundleShape } from './bundle-schema.ts';
import { Refusal } from './refusal.ts';
import { statementOf } from './signed-content.ts';
import { readTrustedRoot } from './trusted-root.ts';

export interface LoggedBundle {
  readonly value: unknown;
  readonly trustedRoot: Uint8Array;
  /** What a bundle signs that holds a signature alone. */
  readonly artifact: Uint8Array | undefined;
}

/** Verifies the certificate, that it was public, the log entry, the time and the signature, against the trusted root and nothing else. */
export function signedByIdentity({ value, trustedRoot, artifact }: LoggedBundle): AttestationAnswer {
  const { verificationMaterial, dsseEnvelope } = readBundleShape(value);
  if (verificationMaterial.publicKey !== undefined)
    throw new Refusal('untrusted', 'it is signed with a key, and the policy asks for an identity');
  if (dsseEnvelope === undefined && artifact === undefined)
    throw new Refusal('malformed', 'it holds a signature alone, of something that is not there');
  const entity = toSignedEntity(bundleFromJSON(value), artifact === undefined ? undefined : Buffer.from(artifact));
  const verifier = new Verifier(readTrustedRoot(trustedRoot), { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 });
  const identity = identityOf(verifier.verify(entity));
  if (dsseEnvelope === undefined) return { kind: 'verified', identity, content: { kind: 'artifact' } };
  return { kind: 'verified', identity, content: statementOf(dsseEnvelope.payloadType, Buffer.from(dsseEnvelope.payload, 'base64')) };
}

function identityOf({ identity }: ReturnType<Verifier['verify']>): VerifiedIdentity {
  const [issuer, subject] = [identity?.extensions?.issuer, identity?.subjectAlternativeName];
  if (issuer === undefined || subject === undefined) throw new Refusal('untrusted', 'its certificate names no identity');
  return { kind: 'keyless', issuer, subject };
}
