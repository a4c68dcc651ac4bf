import type { ObservedDelivery } from './delivery-observation.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { commitOfFlux } from './flux-commit.ts';
import { conditionOf } from './flux-state.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedFlux } from './observed-flux.ts';
import { seenOperation } from './seen-operation.ts';

/** A sync that no promotion asked for. */
export interface UnauthorisedChange {
  /** What was synced: commits, as far as the controller names them. */
  readonly revisions: readonly string[];
  /** As the controller says it; Flux keeps no account of that. */
  readonly by?: string;
  /** RFC 3339. */
  readonly at?: string;
  readonly reason: string;
}

/** The revision that was promoted is not what runs, or somebody else brought it there. */
const elsewhere: ReadonlySet<DeliveryVerdict['kind']> = new Set(['unauthorised', 'superseded', 'not-yet']);

/** Whether a target that rests on a promotion was synced past it. `verdict` is of the promotion's own commit; nothing else may be under way in the environment. */
export function unauthorisedChange(seen: ObservedDelivery, verdict: DeliveryVerdict): UnauthorisedChange | undefined {
  if (!elsewhere.has(verdict.kind)) return undefined;
  const found = syncedBy(seen);
  return found === undefined ? undefined : { ...found, reason: verdict.reason };
}

/** The last sync that isn't ours, as far as the controller keeps an account of it. */
export function syncedBy(seen: ObservedDelivery): Omit<UnauthorisedChange, 'reason'> | undefined {
  return seen.controller === 'argocd' ? byArgoCd(seen) : byFlux(seen);
}

function byArgoCd(seen: ObservedArgoCd): Omit<UnauthorisedChange, 'reason'> | undefined {
  const { operation } = seen;
  const asked = seenOperation(seen);
  if (operation?.phase !== 'Succeeded' || asked?.id !== undefined || operation.revisions.length === 0) return undefined;
  return { revisions: operation.revisions, ...optional('by', asked?.initiatedBy), ...optional('at', operation.finishedAt) };
}

function byFlux(seen: ObservedFlux): Omit<UnauthorisedChange, 'reason'> | undefined {
  const applied = commitOfFlux(seen, seen.lastApplied) ?? seen.lastApplied;
  return applied === undefined ? undefined : { revisions: [applied], ...optional('at', conditionOf(seen, 'Ready')?.at) };
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  const field: Partial<Record<Key, string>> = {};
  if (value !== undefined) field[key] = value;
  return field;
}
