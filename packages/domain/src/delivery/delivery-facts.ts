import type { ObservedArgoCd, ObservedOperation } from './observed-argocd.ts';
import type { DeliveryVerdict, ExpectedDelivery } from './delivery-verdict.ts';
import { operationInfo } from './sync-request.ts';

/** What one judgement sees. */
export interface DeliveryFacts<Seen = ObservedArgoCd> {
  readonly expected: ExpectedDelivery;
  readonly seen: Seen;
  readonly now: Date;
}

/** The same, with the operation that the controller tells of. */
export interface OperationFacts extends DeliveryFacts {
  readonly operation: ObservedOperation;
}

/** A judge says what it knows, or nothing, and then the next one is asked. */
export type Judge<Facts> = (facts: Facts) => DeliveryVerdict | undefined;

export function firstVerdict<Facts>(judges: readonly Judge<Facts>[], facts: Facts): DeliveryVerdict | undefined {
  for (const judge of judges) {
    const verdict = judge(facts);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

export function unknown(missing: string, reason: string, rest: Pick<DeliveryVerdict, 'refresh' | 'commit'> = {}): DeliveryVerdict {
  return { kind: 'unknown', reason, missing, ...rest };
}

/** `since` only where the controller says so. */
export function since(at: string | undefined): Pick<DeliveryVerdict, 'since'> {
  return at === undefined ? {} : { since: at };
}

export function isOurs({ expected, operation }: OperationFacts): boolean {
  return expected.operation !== undefined && operation.info[operationInfo.operation] === expected.operation;
}

/** Whose operation it is, for a reason: another one of ours is named by its id. */
export function whose(facts: OperationFacts): string {
  if (isOurs(facts)) return `our operation ${facts.expected.operation ?? ''}`;
  const { info, initiatedBy } = facts.operation;
  const by = initiatedBy?.username ?? (initiatedBy?.automated === true ? 'automated sync' : 'somebody unnamed');
  const id = info[operationInfo.operation];
  return id === undefined ? `an operation by ${by}` : `operation ${id} by ${by}`;
}

const errorConditions: ReadonlySet<string> = new Set(['ComparisonError', 'InvalidSpecError', 'SyncError', 'UnknownError', 'DeletionError']);

/** While one of these stands, sync state, revision and prune candidates of the status mean nothing. */
export function errorCondition({ seen }: DeliveryFacts): ObservedArgoCd['conditions'][number] | undefined {
  return seen.conditions.find(({ type }) => errorConditions.has(type));
}
