import {
  assessDelivery,
  contractBlockers,
  CommitSha,
  namedRevisions,
  wantsOwnHealth,
  type Blocker,
  type Containment,
  type DeliveryObservation,
  type DeliveryTarget,
  type DeliveryVerdict,
  type ExpectedDelivery,
  type SyncAttempt,
} from '@fairlead/domain';
import { containment } from '../desired-state/containment.ts';
import { sourceOverrides } from '../desired-state/source-overrides.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { ownHealth } from './own-health.ts';
import { environmentPath } from '../service/environment-path.ts';

export interface JudgedTarget {
  readonly observation: DeliveryObservation;
  readonly verdict: DeliveryVerdict;
  /** Where the target isn't what the environment declares; then nothing that it says counts. */
  readonly unmet: readonly Blocker[];
}

interface Asked {
  readonly target: DeliveryTarget;
  readonly sync: SyncAttempt | undefined;
}

type Judging = Pick<PromotionContext, 'configuration'> & { readonly ports: Pick<EnginePorts, 'delivery' | 'renderer' | 'cluster'> };

/** Looks at the target now and judges whether it has delivered the promotion's merge commit. */
export async function judgeTarget(
  context: Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>,
  asked: Asked,
  now: Date,
): Promise<JudgedTarget> {
  const { ports, promotion } = context;
  const looked = await ports.delivery[asked.target.controller].observe(asked.target);
  const judged = await judgeObserved(context, { ...asked, looked, commit: promotion.mergeCommit ?? promotion.base }, now);
  const [first] = judged.unmet;
  return first === undefined ? judged : { ...judged, verdict: { kind: 'blocked', reason: first.message } };
}

interface Seen extends Asked {
  readonly looked: DeliveryObservation;
  /** Known to the repository. */
  readonly commit: CommitSha;
}

/** Whether a target that was looked at has delivered the commit, whatever else it does that it shouldn't. */
export async function judgeObserved(context: Judging, { target, sync, looked, commit }: Seen, now: Date): Promise<JudgedTarget> {
  const { ports, configuration } = context;
  const expected: ExpectedDelivery = {
    commit,
    ...(sync?.asked === undefined ? {} : { operation: sync.operation, asked: sync.asked }),
    containment: await containments(context, looked, commit),
    path: environmentPath(configuration),
    statusMaxAgeMs: configuration.policy.statusMaxAgeMs,
  };
  const observation = await withOwnHealth(ports, { looked, verdict: assessDelivery(expected, looked, now) }, now);
  const verdict = assessDelivery(expected, observation, now);
  const path = environmentPath(configuration);
  const { git, branch } = configuration.repository;
  const overrides = await sourceOverrides(await git.snapshot(commit), path);
  const unmet = contractBlockers({ target, path, branch, found: observation, overrides }, now);
  return { observation, verdict, unmet };
}

interface Looked {
  readonly looked: DeliveryObservation;
  readonly verdict: DeliveryVerdict;
}

/** The gap that a controller leaves which looks at health only now and then. Where it decides nothing, it stays open: it costs a look at the cluster. */
async function withOwnHealth(ports: Judging['ports'], { looked, verdict }: Looked, now: Date): Promise<DeliveryObservation> {
  if (looked.kind === 'absent' || looked.controller !== 'flux' || !wantsOwnHealth(verdict)) return looked;
  return { ...looked, ownHealth: await ownHealth(ports, looked, now) };
}

/** How each revision that the controller names stands to the commit. What isn't a full SHA, or isn't known to Git, stays unknown. */
export async function containments(
  { ports, configuration }: Judging,
  observation: DeliveryObservation,
  commit: CommitSha,
): Promise<Readonly<Record<string, Containment>>> {
  if (observation.kind === 'absent') return {};
  const found: Record<string, Containment> = {};
  for (const revision of namedRevisions(observation)) {
    const sha = CommitSha.safeParse(revision);
    if (!sha.success || sha.data === commit) continue;
    found[sha.data] = await containment(
      { git: configuration.repository.git, renderer: ports.renderer },
      { path: environmentPath(configuration), commit, revision: sha.data },
    );
  }
  return found;
}
