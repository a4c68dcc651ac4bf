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
  readonly verdict: ApprovalVerdict;
  readonly quorum: Quorum;
}

/** Judges the approvals against the content of the change's present head: a head that isn't ours is other content. */
export async function approvalState(context: Reviewed, head: CommitSha | 'absent'): Promise<ApprovalState> {
  const { ports, promotion, configuration } = context;
  const content = await contentOf(context, head);
  const approvals = await ports.store.read((reader) => reader.approvals.of(promotion.id));
  const quorum = quorumOf(configuration);
  const verdict = judgeApprovals({ content, requestedBy: promotion.requestedBy.id, authors: [] }, approvals, quorum);
  return { content, verdict, quorum };
}

async function contentOf(context: Reviewed, head: CommitSha | 'absent'): Promise<Digest> {
  const { promotion, configuration, ports } = context;
  // The policy that judges is today's: an approval given under another one is for other content.
  const policy = digestOf(FreeMap.parse(configuration.policy));
  const planned = { release: promotion.release.digest, ...promotion.content, policy };
  if (head === promotion.head || head === 'absent') return approvedContent(planned);
  const rendered = await ports.renderer.render(environmentPath(configuration), await configuration.repository.git.snapshot(head));
  return approvedContent({ ...planned, after: rendered.kind === 'rendered' ? rendered.digest : 'not-renderable', foreignHead: head });
}
