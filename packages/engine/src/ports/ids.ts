import type { OperationId, PromotionId } from '@fairlead/domain';

/** New identities: unique, sortable by time. */
export interface Ids {
  promotion(): PromotionId;
  operation(): OperationId;
  /** An opaque id for a record, a request or a token. */
  opaque(): string;
}
