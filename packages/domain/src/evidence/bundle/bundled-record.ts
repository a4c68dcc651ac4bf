import type { Actor } from '../actor.ts';
import type { Digest } from '../digest.ts';
import type { EvidenceType } from '../evidence-type.ts';
import type { TreeHash } from '../tree-hasher.ts';
import type { JsonObject } from '../../document/json.ts';

/** A record as a bundle holds it: signed, with its place in the log. */
export interface BundledRecord {
  readonly digest: Digest;
  readonly type: EvidenceType;
  readonly at: string;
  readonly index: number;
  /** The Sigstore bundle as stored. */
  readonly bundle: Uint8Array;
  /** The leaf's canonical bytes. */
  readonly leaf: Uint8Array;
  /** Inclusion under the bundle's checkpoint. */
  readonly proof: readonly TreeHash[];
  readonly actor?: Actor;
  readonly revision?: string;
  /** The whole predicate. */
  readonly body: JsonObject;
}

/** Whom a bundle is for: `tenant` gets release, environment, times, verdict and proofs; no people, configuration or differences. */
export type BundleAudience = 'full' | 'tenant';

const tenantTypes: readonly EvidenceType[] = ['release-manifest', 'live-digests', 'promotion-closure'];

/** Whether the audience may read the record. What is withheld is still proven to be in the log. The verdict itself names targets: a tenant has it as the closure states it. */
export function isDisclosed({ type, actor, body }: BundledRecord, audience: BundleAudience): boolean {
  if (audience === 'full') return true;
  const quiet = type !== 'live-digests' || body['verdict'] === 'passed'; // what differs is told by the names of pods
  return tenantTypes.includes(type) && actor?.kind !== 'person' && quiet;
}
