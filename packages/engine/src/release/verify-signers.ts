import { fitsIdentity, type SignerName, type TrustedSigner, type VerifiedIdentity } from '@fairlead/domain';
import type { Attestor, SignedContent, SignedMaterial, SignerTrust } from '../ports/attestor.ts';

/** A signature and where it was found. */
export interface FoundMaterial {
  readonly name: string;
  readonly material: SignedMaterial;
}

/** A signer with the bytes of the files that the policy names; or why there are none. */
export type KnownSigner = TrustedSigner & { readonly trust: SignerTrust | { readonly kind: 'unusable'; readonly because: string } };

/** `by`: the first accepted signer. `reasons`: why each signature that was found isn't one of theirs; empty where there is none. */
export type SignedVerdict =
  | { readonly kind: 'signed'; readonly by: SignerName; readonly identity: VerifiedIdentity; readonly found: string }
  | { readonly kind: 'unsigned'; readonly reasons: readonly string[] };

export interface SignatureQuestion {
  readonly found: readonly FoundMaterial[];
  readonly signers: readonly KnownSigner[];
  /** What a bundle signs that holds a signature alone. */
  readonly artifact?: Uint8Array;
  /** Why what was signed isn't what is asked about, each reason as a clause. Asked only of what an accepted signer signed. */
  readonly refuse: (content: SignedContent) => readonly string[];
}

/** Whether any of the signatures is of any of the signers, and over the right thing. More signatures never make it worse. */
export async function verifySigners(attestor: Attestor, question: SignatureQuestion): Promise<SignedVerdict> {
  const reasons: string[] = [];
  for (const candidate of question.found) {
    for (const signer of question.signers) {
      const verdict = await verifyOne(attestor, question, { candidate, signer });
      if (verdict.kind === 'signed') return verdict;
      reasons.push(...verdict.reasons);
    }
  }
  return { kind: 'unsigned', reasons: [...new Set(reasons)] };
}

interface Pair {
  readonly candidate: FoundMaterial;
  readonly signer: KnownSigner;
}

async function verifyOne(attestor: Attestor, { artifact, refuse }: SignatureQuestion, { candidate, signer }: Pair): Promise<SignedVerdict> {
  const { name: found, material } = candidate;
  const { trust } = signer;
  if (trust.kind === 'unusable') return { kind: 'unsigned', reasons: [`signer ${signer.name}: ${trust.because}`] };
  const answer = await attestor.verify({ material, trust, ...(artifact === undefined ? {} : { artifact }) });
  if (answer.kind === 'refused') {
    const whose = answer.code === 'unusable-trust' ? `signer ${signer.name}` : `${found}, for signer ${signer.name}`;
    return { kind: 'unsigned', reasons: [`${whose}: ${answer.because}`] };
  }
  const { identity, content } = answer;
  const stranger = strangerTo(signer, identity);
  const against = stranger === undefined ? refuse(content) : [stranger];
  if (against.length === 0) return { kind: 'signed', by: signer.name, identity, found };
  return { kind: 'unsigned', reasons: against.map((because) => `${found}, for signer ${signer.name}: ${because}`) };
}

/** That somebody proved who he is doesn't make him the one. */
function strangerTo({ keyless }: KnownSigner, identity: VerifiedIdentity): string | undefined {
  if (keyless === undefined || identity.kind === 'key')
    return keyless === undefined && identity.kind === 'key' ? undefined : 'another kind of signer made it';
  const { issuer, subject } = identity;
  if (issuer === keyless.issuer && fitsIdentity(keyless.subject, subject)) return undefined;
  return `${subject} signed it, vouched for by ${issuer}; the policy asks for ${keyless.subject}, vouched for by ${keyless.issuer}`;
}
