import { since, unknown } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { fluxName, isOfNow, said, standingOfRevision, type FluxFacts } from './flux-facts.ts';
import { conditionOf } from './flux-state.ts';
import type { NestedKustomization } from './observed-flux.ts';

/** Why a Kustomization that another one made hasn't delivered, or nothing. One that reads another source answers for no commit of ours. */
export function judgeNested(facts: FluxFacts, nested: NestedKustomization): DeliveryVerdict | undefined {
  const name = fluxName({ kind: 'Kustomization', ...nested });
  if (nested.suspended) return { kind: 'suspended', reason: `${name} is suspended` };
  const ready = conditionOf(nested, 'Ready');
  if (ready === undefined) return { kind: 'not-yet', reason: `the controller has not looked at ${name} yet` };
  if (ready.status === 'False' && isOfNow(ready, nested)) return { kind: 'failed', reason: `${name}: ${said(ready)}`, ...since(ready.at) };
  if (ready.status !== 'True' || !isOfNow(ready, nested) || !isClosed(nested)) {
    return { kind: 'in-progress', reason: `${name}: ${said(ready)}`, ...since(ready.at) };
  }
  return nested.sameSource ? ofRevision(facts, nested, name) : undefined;
}

function isClosed(nested: NestedKustomization): boolean {
  return isOfNow(nested, nested) && nested.lastApplied !== undefined && nested.lastApplied === nested.lastAttempted;
}

function ofRevision(facts: FluxFacts, { lastApplied }: NestedKustomization, name: string): DeliveryVerdict | undefined {
  const { containment, revision } = standingOfRevision(facts, lastApplied);
  const reason = `${name} applied ${revision}`;
  switch (containment) {
    case 'contains':
      return undefined;
    case 'differs':
      return { kind: 'superseded', reason: `${reason}, which has newer inputs`, commit: revision };
    case 'not-contained':
      return { kind: 'not-yet', reason: `${reason}, which does not have ${facts.expected.commit}`, commit: revision };
    case 'diverged':
      return { kind: 'head-moved', reason: `${reason}, of another history than ${facts.expected.commit}`, commit: revision };
    case 'unknown':
      return unknown(`status.lastAppliedRevision of ${name}`, `${reason}: how it stands to ${facts.expected.commit} is not known`);
  }
}
