import type { Claim } from '../ports/claims.ts';

/** What a step came to: the claim as it is now, and when to look again where there is nothing more to do at once. */
export interface Stepped {
  readonly claim: Claim;
  readonly until?: Date;
}
