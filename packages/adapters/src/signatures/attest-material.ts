import type { AttestationAnswer, AttestationQuestion, SignedMaterial, SignerTrust } from '@fairlead/engine';
import { bundleOfLayer, simpleSigningType } from './cosign-layer.ts';
import { readBundleShape } from './bundle-schema.ts';
import { parseBounded } from './parse-bounded.ts';
import { readPublicKey } from './public-key.ts';
import { Refusal } from './refusal.ts';
import { requireLogged } from './require-logged.ts';
import { signedByIdentity } from './signed-by-identity.ts';
import { signedByKey } from './signed-by-key.ts';

/** Answers one question. Takes as long as its input makes it: bounded from outside. */
export function attestMaterial({ material, trust, artifact }: AttestationQuestion): AttestationAnswer {
  try {
    const simple = material.kind === 'cosign-layer' && material.mediaType === simpleSigningType;
    const signed = simple ? material.bytes : artifact;
    const value = valueOf(material, trust);
    const answer = verify(value, trust, signed);
    return simple && answer.kind === 'verified' ? { ...answer, content: { kind: 'simple-signing', payload: material.bytes } } : answer;
  } catch (error) {
    return refusalOf(error);
  }
}

function verify(value: unknown, trust: SignerTrust, artifact: Uint8Array | undefined): AttestationAnswer {
  if (trust.kind === 'keyless') return signedByIdentity({ value, trustedRoot: trust.trustedRoot, artifact });
  const answer = signedByKey(readBundleShape(value), trust, artifact);
  if (trust.trustedRoot !== undefined) requireLogged({ value, trustedRoot: trust.trustedRoot, artifact }, trust.key);
  return answer;
}

function valueOf(material: SignedMaterial, trust: SignerTrust): unknown {
  if (material.kind === 'cosign-layer') return bundleOfLayer(material, trust.kind === 'keyless' ? 'certificate' : readPublicKey(trust.key));
  const value = parseBounded(material.bytes);
  if (value === undefined) throw new Refusal('malformed', 'it is no JSON, or far more of it than any bundle has');
  return value;
}

/** The library's own words name no value of the bundle but names of logs and identities. */
function refusalOf(error: unknown): AttestationAnswer {
  if (error instanceof Refusal) return { kind: 'refused', code: error.fault, because: error.message };
  if (!(error instanceof Error)) return { kind: 'refused', code: 'malformed', because: 'it cannot be read' };
  const verified = error.name === 'VerificationError' || error.name === 'PolicyError' || 'code' in error;
  const because = error.message.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
  return { kind: 'refused', code: verified ? 'untrusted' : 'malformed', because };
}
