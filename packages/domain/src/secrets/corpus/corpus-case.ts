/** One row of the corpus: a text as a team commits it, and what has to be found in it: rule and pointer, or rule and line where there is no pointer. */
export interface CorpusCase {
  readonly row: string;
  readonly path: string;
  readonly text: string;
  /** Empty: it must not be flagged. */
  readonly found: readonly string[];
}
