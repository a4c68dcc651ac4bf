import { ConflictError, type PromotionId } from '@fairlead/domain';

/** Another worker or a person wrote since; what this holder knows is old. */
export function claimLost(id: PromotionId): ConflictError {
  return new ConflictError('claim-lost', `the claim on promotion ${id} was taken over`);
}
