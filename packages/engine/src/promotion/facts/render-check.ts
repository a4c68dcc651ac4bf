import { objectRefOf, UpstreamError, type CommitSha, type ObjectSha, type RenderCheck } from '@fairlead/domain';
import { environmentPath } from '../../service/environment-path.ts';
import type { PromotionContext } from '../promotion-context.ts';

/** Whether the environment renders, in this commit or tree, to what was approved. */
export async function renderCheck(context: PromotionContext, tree: CommitSha | ObjectSha): Promise<RenderCheck> {
  const { ports, promotion, configuration } = context;
  const snapshot = await configuration.repository.git.snapshot(tree);
  const rendered = await ports.renderer.render(environmentPath(configuration), snapshot);
  if (rendered.kind === 'failed' && (rendered.code === 'timed-out' || rendered.code === 'out-of-memory')) {
    throw new UpstreamError(`render-${rendered.code}`, `the render was ended: ${rendered.message}`, {
      provider: 'renderer',
      retryable: true,
    });
  }
  if (rendered.kind === 'failed') return { kind: 'not-renderable', reason: rendered.message };
  if (rendered.digest !== promotion.content.after) return { kind: 'differs', digest: rendered.digest };
  return { kind: 'matches', objects: rendered.objects.map(objectRefOf) };
}
