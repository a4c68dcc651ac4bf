import { conditionOf } from './flux-state.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** When it last ended a reconciliation, RFC 3339: each one takes `Ready` away and gives it back. */
export function lookedAt(seen: Pick<ObservedFlux, 'history' | 'conditions'>): string | undefined {
  const times = [seen.history[0]?.lastReconciled, conditionOf(seen, 'Ready')?.at].filter(
    (at) => at !== undefined && !Number.isNaN(Date.parse(at)),
  );
  return times.reduce((one, other) => (Date.parse(other ?? '') > Date.parse(one ?? '') ? other : one), times[0]);
}
