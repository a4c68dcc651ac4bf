/** One figure. `at`: of how many; `bar`: what the design asks for, in the same unit. */
export interface Measurement {
  readonly name: string;
  readonly at: number;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
}

/** The value that so large a part of all values doesn't exceed. */
export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)] ?? Number.NaN;
}
