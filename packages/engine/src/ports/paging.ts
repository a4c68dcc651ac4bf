export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** `cursor` is what an earlier page gave; `limit` is 1 to 500. Throws `InvalidError` (`cursor-invalid`) for any other cursor. */
export interface Paging {
  readonly cursor?: string;
  readonly limit: number;
}
