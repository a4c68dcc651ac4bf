import {
  approvedContent,
  digestOf,
  FreeMap,
  judgeApprovals,
  type ApprovalVerdict,
  type CommitSha,
  type Digest,
  type Quorum,
} from '@fairlead/domain';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { environmentPath } from '../service/environment-path.ts';
import { quorumOf } from './quorum.ts';

type Reviewed = Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>;

export interface ApprovalState {
  readonly content: Digest;
  /** The policy that judges: today's, and part of the content. */
  readonly policy: Digest;
  readonly verdict: ApprovalVerdict;
  readonly quorum: Quorum;
}

/** Judges the approvals against the content of the change's present head: a head that isn't ours is other content. */
export async function approvalState(context: Reviewed, head: CommitSha | 'absent'): Promise<ApprovalState> {
  const { ports, promotion, configuration } = context;
  // An approval given under another policy is for other content.
  const policy = digestOf(FreeMap.parse(configuration.policy));
  const content = await contentOf(context, { head, policy });
  const approvals = await ports.store.read((reader) => reader.approvals.of(promotion.id));
  const quorum = quorumOf(configuration);
  const verdict = judgeApprovals({ content, requestedBy: promotion.requestedBy.id, authors: [] }, approvals, quorum);
  return { content, policy, verdict, quorum };
}

interface Judged {
  readonly head: CommitSha | 'absent';
  readonly policy: Digest;
}

async function contentOf(context: Reviewed, { head, policy }: Judged): Promise<Digest> {
  const { promotion, configuration, ports } = context;
  const planned = { release: promotion.release.digest, ...promotion.content, policy };
  if (head === promotion.head || head === 'absent') return approvedContent(planned);
  const rendered = await ports.renderer.render(environmentPath(configuration), await configuration.repository.git.snapshot(head));
  return approvedContent({ ...planned, after: rendered.kind === 'rendered' ? rendered.digest : 'not-renderable', foreignHead: head });
}
