import type { CommitSha, ObjectSha, RenderCheck } from '@fairlead/domain';
import { environmentPath } from '../../service/environment-path.ts';
import type { PromotionContext } from '../promotion-context.ts';

/** Whether the environment renders, in this commit or tree, to what was approved. */
export async function renderCheck(context: PromotionContext, tree: CommitSha | ObjectSha): Promise<RenderCheck> {
  const { ports, promotion, configuration } = context;
  const snapshot = await configuration.repository.git.snapshot(tree);
  const rendered = await ports.renderer.render(environmentPath(configuration), snapshot);
  if (rendered.kind === 'failed') return { kind: 'not-renderable', reason: rendered.message };
  return rendered.digest === promotion.content.after ? { kind: 'matches' } : { kind: 'differs', digest: rendered.digest };
}
