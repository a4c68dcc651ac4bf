import { InvalidError, type Actor, type Approval, type Digest, type PromotionId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { promotionEvidence } from '../promotion/promotion-evidence.ts';
import { readApproval, type ReadApproval } from './read-approval.ts';

export interface Decision {
  readonly promotion: PromotionId;
  readonly decision: 'approve' | 'reject';
  /** What the person looked at. */
  readonly content: Digest;
  readonly reason?: string;
}

export type Decided =
  | { readonly kind: 'decided'; readonly approval: Approval }
  | { readonly kind: 'refused'; readonly code: 'not-open' | 'stale-content' | 'requested-it' | 'not-in-group'; readonly message: string };

/** Records one person's decision on exactly the content that they looked at, and wakes the promotion. */
export async function decideApproval(ports: EnginePorts, decision: Decision, actor: Actor): Promise<Decided> {
  const { reason } = decision;
  if (decision.decision === 'reject' && reason === undefined) {
    throw new InvalidError('reason-missing', 'a rejection needs a reason', { hint: 'say why, with --reason' });
  }
  const state = await readApproval(ports, decision.promotion);
  const refused = whyRefused(state, decision, actor);
  if (refused !== undefined) return refused;
  const { promotion } = state;

  const at = ports.clock.now();
  const record = await ports.signer.sign(
    promotionEvidence(promotion, 'approval', {
      at,
      actor,
      body: { decision: decision.decision, content: decision.content, reason: reason ?? null },
    }),
  );
  const approval: Approval = {
    record: record.digest,
    promotion: promotion.id,
    decision: decision.decision,
    content: decision.content,
    actor,
    at: at.toISOString(),
    ...(reason === undefined ? {} : { reason }),
  };
  await ports.store.transact(async (tx) => {
    await tx.write.approvals.insert(approval);
    await tx.write.evidence.append(record);
    await tx.write.wakes.promotion(promotion.id);
  });
  return { kind: 'decided', approval };
}

function whyRefused(
  { promotion, quorum, content }: ReadApproval,
  decision: Decision,
  actor: Actor,
): (Decided & { readonly kind: 'refused' }) | undefined {
  if (promotion.status !== 'proposed' && promotion.status !== 'approved') {
    return { kind: 'refused', code: 'not-open', message: `promotion ${promotion.id} is ${promotion.status}: there is nothing to approve` };
  }
  if (content !== decision.content) {
    return {
      kind: 'refused',
      code: 'stale-content',
      message: `the change now holds ${content}, not the ${decision.content} that was looked at`,
    };
  }
  if (actor.id === promotion.requestedBy.id) {
    return { kind: 'refused', code: 'requested-it', message: `${actor.id} requested this promotion: somebody else has to approve it` };
  }
  if (quorum.groups.length > 0 && !quorum.groups.some((group) => actor.groups.includes(group))) {
    return {
      kind: 'refused',
      code: 'not-in-group',
      message: `${actor.id} is in none of the groups that may approve: ${quorum.groups.join(', ')}`,
    };
  }
  return undefined;
}
