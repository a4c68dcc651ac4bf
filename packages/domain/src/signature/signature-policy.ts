import { z } from 'zod';
import { unique } from '../document/unique.ts';
import type { Tier } from '../environment/tier.ts';
import { ProvenanceDemand } from './provenance-demand.ts';
import { SignerName, TrustedSigner } from './trusted-signer.ts';

/** Any one of them suffices. */
export const AcceptedSigners = z.array(SignerName).min(1, 'names nobody').max(50).check(unique('signer')).readonly();

const SignersByTier = z
  .strictObject({
    dev: AcceptedSigners.exactOptional(),
    staging: AcceptedSigners.exactOptional(),
    production: AcceptedSigners.exactOptional(),
  })
  .readonly();

/** Who may sign, and what must be signed by whom before it may run where. */
export const SignaturePolicy = z
  .strictObject({
    signers: z.array(TrustedSigner).max(50).check(unique('signer', 'name')).readonly().exactOptional(),
    images: SignersByTier.exactOptional(),
    manifests: SignersByTier.exactOptional(),
  })
  .readonly();

/** What must be known of how images came to be, before they may run where. */
export const ProvenancePolicy = z
  .strictObject({
    dev: ProvenanceDemand.exactOptional(),
    staging: ProvenanceDemand.exactOptional(),
    production: ProvenanceDemand.exactOptional(),
  })
  .readonly();

/** What one tier asks for, with the signers that it names; what is absent isn't asked for. */
export interface SignatureDemands {
  readonly signers: readonly TrustedSigner[];
  readonly images?: readonly SignerName[];
  readonly manifest?: readonly SignerName[];
  readonly provenance?: ProvenanceDemand;
}

/** The settings of all policy documents. */
export interface ResolvedSignatures {
  readonly signers: readonly TrustedSigner[];
  readonly images: Partial<Readonly<Record<Tier, readonly SignerName[]>>>;
  readonly manifests: Partial<Readonly<Record<Tier, readonly SignerName[]>>>;
  readonly provenance: Partial<Readonly<Record<Tier, ProvenanceDemand>>>;
}

/** `none`: the tier asks for no signature. */
export function signatureDemands(settings: ResolvedSignatures | undefined, tier: Tier): SignatureDemands | 'none' {
  if (settings === undefined) return 'none';
  const { signers } = settings;
  const [images, manifest, provenance] = [settings.images[tier], settings.manifests[tier], settings.provenance[tier]];
  if (images === undefined && manifest === undefined && provenance === undefined) return 'none';
  return {
    signers,
    ...(images === undefined ? {} : { images }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}
