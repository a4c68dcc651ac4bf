import type { Paging } from '@fairlead/engine';

const defaultLimit = 50;

/** The page that a query asks for. */
export function pagingOf(query: { readonly cursor?: string | undefined; readonly limit?: string | undefined }): Paging {
  const limit = Math.min(query.limit === undefined ? defaultLimit : Number(query.limit), 500);
  return query.cursor === undefined ? { limit } : { cursor: query.cursor, limit };
}
