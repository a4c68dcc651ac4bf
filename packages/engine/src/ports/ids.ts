import type { DriftActionId, ExceptionId, OperationId, PromotionId, TaskId } from '@fairlead/domain';

/** New identities: unique, sortable by time. */
export interface Ids {
  promotion(): PromotionId;
  operation(): OperationId;
  driftAction(): DriftActionId;
  exception(): ExceptionId;
  task(): TaskId;
  /** An opaque id for a record, a request or a token. */
  opaque(): string;
}
