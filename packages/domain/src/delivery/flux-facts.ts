import { standingOf } from './containment-of.ts';
import type { DeliveryFacts } from './delivery-facts.ts';
import { commitOfFlux } from './flux-commit.ts';
import type { FluxCondition, FluxState } from './flux-state.ts';
import type { FluxObject, ObservedFlux } from './observed-flux.ts';

/** What one judgement of Flux sees. */
export type FluxFacts = DeliveryFacts<ObservedFlux>;

/** How a revision in Flux's words stands to the commit. */
export function standingOfRevision({ seen, expected }: FluxFacts, revision: string | undefined): ReturnType<typeof standingOf> {
  const commit = commitOfFlux(seen, revision);
  return commit === undefined ? { containment: 'unknown', revision: revision ?? 'nothing' } : standingOf([commit], expected);
}

/** It was said of the specification as it is. */
export function isOfNow(
  { observedGeneration }: Pick<FluxCondition, 'observedGeneration'>,
  { generation }: Pick<FluxState, 'generation'>,
): boolean {
  return observedGeneration === generation;
}

/** For people: `GitRepository flux-system/app`. */
export function fluxName({ kind, namespace, name }: FluxObject): string {
  return `${kind} ${namespace}/${name}`;
}

export function said({ reason, message }: Pick<FluxCondition, 'reason' | 'message'>): string {
  return [reason, message].filter((part) => part !== '').join(': ') || 'it does not say why';
}
