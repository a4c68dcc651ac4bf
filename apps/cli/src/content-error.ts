/** The user's content was judged and refused, for several reasons at once. */
export class ContentError extends Error {
  readonly code: string;
  /** One a line; a second line of one is its fix. */
  readonly details: readonly string[];
  constructor(code: string, message: string, details: readonly string[]) {
    super(message);
    this.name = 'ContentError';
    this.code = code;
    this.details = details;
  }
}
