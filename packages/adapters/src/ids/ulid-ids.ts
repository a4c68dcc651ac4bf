import { OperationId, PromotionId } from '@fairlead/domain';
import type { Clock, Ids } from '@fairlead/engine';
import { monotonicFactory } from 'ulid';

/** ULIDs in lower case: sortable by time, also within a millisecond, and safe in labels and branch names. */
export function ulidIds(clock: Clock): Ids {
  const next = monotonicFactory();
  const ulid = (): string => next(clock.now().getTime()).toLowerCase();
  return {
    promotion: () => PromotionId.parse(`p-${ulid()}`),
    operation: () => OperationId.parse(`op-${ulid()}`),
    opaque: ulid,
  };
}
