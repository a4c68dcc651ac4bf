import { firstVerdict, since } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import type { FluxFacts } from './flux-facts.ts';
import { conditionOf } from './flux-state.ts';
import { fluxHealthJudges } from './judge-flux-health.ts';
import { reconciliationJudges } from './judge-flux-reconciliation.ts';
import { revisionJudges } from './judge-flux-revision.ts';

/** Whether a Kustomization has delivered a commit. */
export function judgeFlux(facts: FluxFacts): DeliveryVerdict {
  const against = firstVerdict([...reconciliationJudges, ...revisionJudges, ...fluxHealthJudges], facts);
  if (against !== undefined) return against;
  const { expected, seen } = facts;
  return {
    kind: 'delivered',
    reason: `Flux applied ${seen.lastApplied ?? expected.commit}, ready and healthy`,
    commit: expected.commit,
    ...since(conditionOf(seen, 'Ready')?.at),
  };
}
