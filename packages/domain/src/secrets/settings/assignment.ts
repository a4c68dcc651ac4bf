/** A name and what is set to it, in a file of settings. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly column: number;
}
