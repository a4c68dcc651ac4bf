import { controllerKind } from './delivery-target.ts';
import { firstVerdict, since, whose, type DeliveryFacts, type OperationFacts } from './delivery-facts.ts';
import type { DeliveryObservation } from './delivery-observation.ts';
import type { DeliveryVerdict, ExpectedDelivery } from './delivery-verdict.ts';
import { judgeFlux } from './judge-flux.ts';
import { judgeApplication } from './judge-application.ts';
import { comparisonJudges } from './judge-comparison.ts';
import { judgeAuthority, judgeNoOperation, operationJudges } from './judge-operation.ts';

/** Whether a target has delivered a commit. Total; `delivered` only where every fact of the acceptance rule is there, else the first one that isn't. */
export function assessDelivery(expected: ExpectedDelivery, observation: DeliveryObservation, now: Date): DeliveryVerdict {
  const verdict = verdictOf(expected, observation, now);
  return observation.kind === 'observed' && observation.refreshPending === true ? withoutRefresh(verdict) : verdict;
}

function withoutRefresh({ refresh: _, ...verdict }: DeliveryVerdict): DeliveryVerdict {
  return verdict;
}

function verdictOf(expected: ExpectedDelivery, observation: DeliveryObservation, now: Date): DeliveryVerdict {
  if (observation.kind === 'absent') {
    const { controller, cluster, namespace, name } = observation.target;
    const kind = controllerKind[controller].toLowerCase();
    const went = expected.asked === undefined ? '' : `; our operation ${expected.operation ?? ''} went with it`;
    return { kind: 'unknown', reason: `no ${kind} ${namespace}/${name} on cluster ${cluster}${went}`, missing: kind };
  }
  switch (observation.controller) {
    case 'argocd': {
      const facts: DeliveryFacts = { expected, seen: observation, now };
      const { operation } = observation;
      const meaningless = judgeApplication(facts);
      if (meaningless !== undefined) return meaningless;
      return operation === undefined ? judgeNoOperation(facts) : judgeWithOperation({ ...facts, operation });
    }
    case 'flux':
      return judgeFlux({ expected, seen: observation, now });
  }
}

function judgeWithOperation(facts: OperationFacts): DeliveryVerdict {
  const against = firstVerdict([...operationJudges, ...comparisonJudges, judgeAuthority], facts);
  if (against !== undefined) return against;
  const { expected, seen, operation } = facts;
  return {
    kind: 'delivered',
    reason: `${whose(facts)} synced ${expected.commit}, in sync and healthy`,
    commit: expected.commit,
    ...since(laterOf(operation.finishedAt, seen.health.since)),
  };
}

function laterOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(other) > Date.parse(one) ? other : one;
}
