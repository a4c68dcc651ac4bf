/** A condition for going on, and how it stands. */
export interface AdoptionCriterion {
  readonly id: string;
  /** As a sentence without a full stop. */
  readonly demands: string;
  readonly verdict: 'met' | 'unmet';
  /** What speaks for it. */
  readonly evidence: readonly string[];
  /** What is missing, and what to do about it; empty where it is met. */
  readonly missing: readonly string[];
}

/** Met where nothing is missing. */
export function criterion(
  { id, demands }: Pick<AdoptionCriterion, 'id' | 'demands'>,
  { evidence, missing }: Pick<AdoptionCriterion, 'evidence' | 'missing'>,
): AdoptionCriterion {
  return { id, demands, verdict: missing.length === 0 ? 'met' : 'unmet', evidence, missing };
}
