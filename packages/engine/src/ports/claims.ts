import type { PromotionId } from '@fairlead/domain';

/** The right to carry one promotion on, until it expires by database time. `version` goes with every write. */
export interface Claim {
  readonly id: PromotionId;
  readonly version: number;
}

/** Who may advance a promotion now. Losing a ring delays, never loses: see the wake protocol in ARCHITECTURE.md. */
export interface Claims {
  /** Takes the claim and consumes the wake-up; `not-mine` where another holds it or nothing is due. */
  take(id: PromotionId): Promise<Claim | 'not-mine'>;
  /** Another look under the same claim. Consumes the wake-up before anything is read. */
  lookAgain(claim: Claim): Promise<Claim>;
  /** Lets go until `next` (absent: until somebody wakes it), unless it was woken since the last look. */
  letGo(claim: Claim, next: Date | undefined): Promise<'let-go' | 'woken'>;
}
