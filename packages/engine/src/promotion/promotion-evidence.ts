import type { Actor, Digest, EvidenceType, JsonObject, NewEvidence, Promotion } from '@fairlead/domain';
import { ActorId } from '@fairlead/domain';

/** Fairlead itself, for what no person asked for at that moment. */
export const fairleadActor: Actor = {
  id: ActorId.parse('fairlead:engine'),
  issuer: 'fairlead',
  subject: 'engine',
  amr: [],
  kind: 'fairlead',
  groups: [],
};

interface Particulars {
  readonly at: Date;
  readonly body: JsonObject;
  readonly actor?: Actor;
  readonly attempt?: number;
  readonly subjects?: NewEvidence['subjects'];
}

/** A fact about a promotion, with the fields that all of them share. Bound to the merge commit once there is one. */
export function promotionEvidence(promotion: Promotion, type: EvidenceType, particulars: Particulars): NewEvidence {
  const { at, body, actor, attempt, subjects } = particulars;
  const revision = promotion.mergeCommit ?? promotion.head;
  return {
    type,
    at: at.toISOString(),
    actor: actor ?? fairleadActor,
    service: promotion.service,
    environment: promotion.environment,
    release: promotion.release.digest,
    promotion: promotion.id,
    ...(revision === undefined ? {} : { revision }),
    ...(attempt === undefined ? {} : { attempt }),
    policy: { digest: promotion.content.policy },
    subjects: subjects ?? [subjectOf(promotion.release.version, promotion.release.digest)],
    body,
  };
}

function subjectOf(name: string, digest: Digest): NewEvidence['subjects'][number] {
  return { name, digest: { sha256: digest.slice('sha256:'.length) } };
}
