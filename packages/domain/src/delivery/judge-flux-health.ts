import { objectName } from '../desired-state/object-ref.ts';
import { since, unknown, type Judge } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { fluxName, isOfNow, said, type FluxFacts } from './flux-facts.ts';
import { conditionOf } from './flux-state.ts';
import { judgeHelmRelease } from './judge-helm-release.ts';
import { judgeNested } from './judge-nested.ts';
import { unassessedHealth, type InventoryHealth } from './inventory-health.ts';

/** In order: whether what was applied works, by Flux's look at it and by our own. */
export const fluxHealthJudges: readonly Judge<FluxFacts>[] = [judgeHealthy, judgeMade, judgeOwnHealth];

/** Absent is not assessed, not healthy. */
function judgeHealthy({ seen }: FluxFacts): DeliveryVerdict | undefined {
  const healthy = conditionOf(seen, 'Healthy');
  if (healthy === undefined || (healthy.status === 'True' && isOfNow(healthy, seen))) return undefined;
  const kind = healthy.status === 'False' ? 'degraded' : 'in-progress';
  return { kind, reason: `health: ${said(healthy)}`, ...since(healthy.at) };
}

/** Its own revision says nothing about the charts that its releases run, nor about what other Kustomizations among them applied. */
function judgeMade(facts: FluxFacts): DeliveryVerdict | undefined {
  for (const made of facts.seen.made) {
    const verdict = judgeOneMade(facts, made);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function judgeOneMade(facts: FluxFacts, made: FluxFacts['seen']['made'][number]): DeliveryVerdict | undefined {
  switch (made.kind) {
    case 'HelmRelease':
      return judgeHelmRelease(made.release);
    case 'Kustomization':
      return judgeNested(facts, made.nested);
    case 'unseen':
      return unknown(fluxName(made.object), `${fluxName(made.object)} can not be read: ${made.reason}`);
  }
}

type LiveObject = InventoryHealth['objects'][number];

const kindOf: Readonly<Record<string, DeliveryVerdict['kind'] | undefined>> = {
  Degraded: 'degraded',
  Missing: 'out-of-sync',
  Suspended: 'suspended',
  Progressing: 'in-progress',
  Unknown: 'unknown',
};
const fromWorst = ['Degraded', 'Missing', 'Suspended', 'Progressing', 'Unknown'];

/** Flux looks at health only while it reconciles, and only where it is told to. */
function judgeOwnHealth({ seen }: FluxFacts): DeliveryVerdict | undefined {
  const { ownHealth } = seen;
  const assessed = conditionOf(seen, 'Healthy') !== undefined;
  if (ownHealth === undefined)
    return assessed ? undefined : unknown(unassessedHealth, 'Flux does not assess health here, and nobody else has');
  const worst = fromWorst.flatMap((status) => ownHealth.objects.find((object) => object.status === status) ?? [])[0];
  if (worst !== undefined) return ofWorst(worst, assessed);
  const [unseen] = ownHealth.unseen;
  return unseen === undefined || assessed ? undefined : unknown('health', `the health of what it applied is not known: ${unseen}`);
}

function ofWorst({ ref, status, message }: LiveObject, assessed: boolean): DeliveryVerdict | undefined {
  const kind = kindOf[status] ?? 'unknown';
  const reason = `${objectName(ref)} is ${status}${message === undefined || message === '' ? '' : `: ${message}`}`;
  if (kind !== 'unknown') return { kind, reason };
  return assessed ? undefined : unknown('health', reason);
}
