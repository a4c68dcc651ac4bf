import type { ActorId } from '../evidence/actor.ts';
import type { Digest } from '../evidence/digest.ts';
import type { Approval } from './approval.ts';

/** What is to be approved and who had a hand in it. */
export interface ReviewedChange {
  readonly content: Digest;
  readonly requestedBy: ActorId;
  readonly authors: readonly ActorId[];
}

export interface Quorum {
  readonly count: number;
  readonly groups: readonly string[];
}

export type Because = 'stale-content' | 'requested-it' | 'wrote-it' | 'not-in-group';

export interface IgnoredApproval {
  readonly approval: Digest;
  readonly by: ActorId;
  readonly because: Because;
}

export type ApprovalVerdict =
  | { readonly kind: 'met'; readonly by: readonly ActorId[]; readonly ignored: readonly IgnoredApproval[] }
  | { readonly kind: 'short'; readonly missing: number; readonly by: readonly ActorId[]; readonly ignored: readonly IgnoredApproval[] }
  | { readonly kind: 'rejected'; readonly by: ActorId; readonly reason: string };

/** Whether enough eligible people approved exactly this content. Counts people, not approvals; one that doesn't count says why.
 *  The last decision of each person holds, and one eligible person's rejection of this content outweighs any approval. */
export function judgeApprovals(change: ReviewedChange, approvals: readonly Approval[], quorum: Quorum): ApprovalVerdict {
  const counted = new Set<ActorId>();
  const ignored: IgnoredApproval[] = [];
  for (const approval of lastOfEachPerson(approvals)) {
    const because = whyIgnored(approval, change, quorum);
    if (because !== undefined) ignored.push({ approval: approval.record, by: approval.actor.id, because });
    else if (approval.decision === 'reject')
      return { kind: 'rejected', by: approval.actor.id, reason: approval.reason ?? 'no reason given' };
    else counted.add(approval.actor.id);
  }
  const missing = quorum.count - counted.size;
  return missing <= 0 ? { kind: 'met', by: [...counted], ignored } : { kind: 'short', missing, by: [...counted], ignored };
}

function lastOfEachPerson(approvals: readonly Approval[]): readonly Approval[] {
  const last = new Map<ActorId, Approval>();
  for (const approval of approvals) last.set(approval.actor.id, approval);
  return [...last.values()];
}

function whyIgnored({ actor, content }: Approval, change: ReviewedChange, quorum: Quorum): Because | undefined {
  if (content !== change.content) return 'stale-content';
  if (actor.id === change.requestedBy) return 'requested-it';
  if (change.authors.includes(actor.id)) return 'wrote-it';
  return quorum.groups.length === 0 || quorum.groups.some((group) => actor.groups.includes(group)) ? undefined : 'not-in-group';
}
