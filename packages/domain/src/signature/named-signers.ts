import type { Policy } from '../policy/policy.ts';
import type { SignerName } from './trusted-signer.ts';

export interface NamedSigner {
  readonly name: SignerName;
  /** Where in the document it is named. */
  readonly pointer: string;
}

/** Every signer that a policy asks for. */
export function namedSigners({ spec }: Policy): readonly NamedSigner[] {
  const tiers = ['dev', 'staging', 'production'] as const;
  return tiers.flatMap((tier) => [
    ...at(`/spec/signatures/images/${tier}`, spec.signatures?.images?.[tier]),
    ...at(`/spec/signatures/manifests/${tier}`, spec.signatures?.manifests?.[tier]),
    ...at(`/spec/provenance/${tier}/signers`, spec.provenance?.[tier]?.signers),
  ]);
}

function at(pointer: string, names: readonly SignerName[] = []): readonly NamedSigner[] {
  return names.map((name, index) => ({ name, pointer: `${pointer}/${String(index)}` }));
}
