import { DriftActionId, ExceptionId, OperationId, PromotionId, TaskId } from '@fairlead/domain';
import type { Clock, Ids } from '@fairlead/engine';
import { monotonicFactory } from 'ulid';

/** ULIDs in lower case: sortable by time, also within a millisecond, and safe in labels and branch names. */
export function ulidIds(clock: Clock): Ids {
  const next = monotonicFactory();
  const ulid = (): string => next(clock.now().getTime()).toLowerCase();
  return {
    promotion: () => PromotionId.parse(`p-${ulid()}`),
    operation: () => OperationId.parse(`op-${ulid()}`),
    driftAction: () => DriftActionId.parse(`a-${ulid()}`),
    exception: () => ExceptionId.parse(`x-${ulid()}`),
    task: () => TaskId.parse(`t-${ulid()}`),
    opaque: ulid,
  };
}
