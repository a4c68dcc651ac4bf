import type { JsonObject } from '../document/json.ts';
import type { EnvironmentId } from '../environment/environment-id.ts';
import type { PromotionId } from '../promotion/promotion-id.ts';
import type { Actor } from './actor.ts';
import type { Digest } from './digest.ts';
import type { EvidenceType } from './evidence-type.ts';

/** One fact to be recorded. `subjects` are what it speaks of, by digest; `predicate` begins with the fields that all of ours share. */
export interface NewEvidence {
  readonly type: EvidenceType;
  /** RFC 3339 with milliseconds: when the fact held. */
  readonly at: string;
  readonly actor?: Actor;
  readonly service: string;
  readonly environment?: EnvironmentId;
  readonly release?: Digest;
  readonly promotion?: PromotionId;
  /** The commit that the fact is bound to. */
  readonly revision?: string;
  readonly attempt?: number;
  readonly policy?: { readonly digest: Digest };
  readonly subjects: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  /** What is particular to the type. Redacted before it comes here. */
  readonly body: JsonObject;
}
