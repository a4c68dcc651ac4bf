import type { Actor, Digest, EnvironmentId, EvidenceType, JsonObject, NewEvidence } from '@fairlead/domain';
import { fairleadActor } from '../promotion/promotion-evidence.ts';

interface Particulars {
  readonly at: string;
  readonly body: JsonObject;
  readonly actor?: Actor;
  /** The commit that the fact is about; absent where nothing is delivered. */
  readonly commit?: string;
  readonly release?: Digest;
}

/** A fact about an environment that belongs to no promotion: what was seen in its cluster, and what people did about it. */
export function environmentEvidence(
  environment: EnvironmentId,
  type: EvidenceType,
  { at, body, actor, commit, release }: Particulars,
): NewEvidence {
  const digest = commit === undefined ? { fairleadEnvironment: environment } : { gitCommit: commit };
  return {
    type,
    at,
    actor: actor ?? fairleadActor,
    service: environment.split('/')[0] ?? environment,
    environment,
    ...(commit === undefined ? {} : { revision: commit }),
    ...(release === undefined ? {} : { release }),
    subjects: [{ name: environment, digest }],
    body,
  };
}
