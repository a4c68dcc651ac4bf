import {
  assessDelivery,
  CommitSha,
  type Containment,
  type DeliveryObservation,
  type DeliveryTarget,
  type DeliveryVerdict,
  type SyncAttempt,
} from '@fairlead/domain';
import { containment } from '../desired-state/containment.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { environmentPath } from '../service/environment-path.ts';

export interface JudgedTarget {
  readonly observation: DeliveryObservation;
  readonly verdict: DeliveryVerdict;
}

interface Asked {
  readonly target: DeliveryTarget;
  readonly sync: SyncAttempt | undefined;
}

/** Looks at the target now and judges whether it has delivered the promotion's merge commit. */
export async function judgeTarget(
  context: Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>,
  { target, sync }: Asked,
  now: Date,
): Promise<JudgedTarget> {
  const { ports, promotion, configuration } = context;
  const observation = await ports.delivery.observe(target);
  const commit = promotion.mergeCommit ?? promotion.base;
  const verdict = assessDelivery(
    {
      commit,
      ...(sync?.asked === undefined ? {} : { operation: sync.operation, asked: sync.asked }),
      containment: await containments(context, observation, commit),
      statusMaxAgeMs: configuration.policy.statusMaxAgeMs,
    },
    observation,
    now,
  );
  return { observation, verdict };
}

/** How each revision that the controller names stands to the commit. What isn't a full SHA, or isn't known to Git, stays unknown. */
export async function containments(
  { ports, configuration }: Pick<PromotionContext, 'ports' | 'configuration'>,
  observation: DeliveryObservation,
  commit: CommitSha,
): Promise<Readonly<Record<string, Containment>>> {
  if (observation.kind === 'absent') return {};
  const named = new Set([...observation.sync.revisions, ...(observation.operation?.revisions ?? [])]);
  const found: Record<string, Containment> = {};
  for (const revision of named) {
    const sha = CommitSha.safeParse(revision);
    if (!sha.success || sha.data === commit) continue;
    found[sha.data] = await containment(
      { git: configuration.repository.git, renderer: ports.renderer },
      { path: environmentPath(configuration), commit, revision: sha.data },
    );
  }
  return found;
}
