/** One thing that keeps a release from being made. */
export interface DraftProblem {
  /** The flag that would put it right. */
  readonly flag: string;
  readonly message: string;
  readonly fix: string;
}
