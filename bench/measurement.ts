/** One figure. `at`: of how many; `bar`: what the design asks for, in the same unit. */
export interface Measurement {
  readonly name: string;
  readonly at: number;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
}
