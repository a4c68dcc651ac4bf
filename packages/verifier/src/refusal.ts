/** Why something doesn't count. Thrown inside, caught at each file and each step; never leaves `verify`. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** The format or a meaning is newer than this program: not a fault of the evidence, and not verified either. */
export class UnknownVersion extends Refusal {}

export function demand(holds: boolean, code: string, message: string): asserts holds {
  if (!holds) throw new Refusal(code, message);
}
