import type { VerifiedIdentity } from '@fairlead/domain';

/** A signature that somebody else made, as it was found. */
export type SignedMaterial =
  /** A Sigstore bundle, JSON. */
  | { readonly kind: 'bundle'; readonly bytes: Uint8Array }
  /** cosign's older form: a payload or a DSSE envelope, and the layer's annotations. */
  | {
      readonly kind: 'cosign-layer';
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** Whom to believe. `trustedRoot`: the bytes of a Sigstore trusted root; with a key: in whose log the signature has to be. */
export type SignerTrust =
  | { readonly kind: 'key'; readonly key: Uint8Array; readonly trustedRoot?: Uint8Array }
  | { readonly kind: 'keyless'; readonly trustedRoot: Uint8Array };

export interface AttestationQuestion {
  readonly material: SignedMaterial;
  readonly trust: SignerTrust;
  /** What a bundle signs that holds a signature alone. */
  readonly artifact?: Uint8Array;
}

/** What was signed: the bytes that the signature is over, no others. */
export type SignedContent =
  | { readonly kind: 'statement'; readonly payload: Uint8Array }
  | { readonly kind: 'simple-signing'; readonly payload: Uint8Array }
  | { readonly kind: 'artifact' };

/** `malformed`: nobody could have signed it. `unusable-trust`: the key or the trusted root of the policy itself is wrong. */
export type AttestationFault = 'malformed' | 'too-large' | 'too-slow' | 'untrusted' | 'unusable-trust';

export type AttestationAnswer =
  | { readonly kind: 'verified'; readonly identity: VerifiedIdentity; readonly content: SignedContent }
  /** `because`: a clause without a full stop. */
  | { readonly kind: 'refused'; readonly code: AttestationFault; readonly because: string };

/** Verifies foreign signatures, offline: it asks nobody. Whatever the input, it answers within a limit of time and memory. */
export interface Attestor {
  /** Whose identity a keyless signature is of is proved, but not judged here. */
  verify(question: AttestationQuestion): Promise<AttestationAnswer>;
}
