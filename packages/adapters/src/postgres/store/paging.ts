import { InvalidError } from '@fairlead/domain';
import type { Page, Paging } from '@fairlead/engine';

const largestPage = 500;

/** What a cursor of a list ordered by number says: the last number that the earlier page gave. */
export function cursorNumber({ cursor }: Paging): number | undefined {
  if (cursor === undefined) return undefined;
  const number = Number(cursor);
  if (!/^[1-9][0-9]*$/.test(cursor) || !Number.isSafeInteger(number)) throw cursorInvalid(cursor);
  return number;
}

export function cursorInvalid(cursor: string): InvalidError {
  return new InvalidError('cursor-invalid', `cursor ${JSON.stringify(cursor.slice(0, 60))} isn't one that a page gave`, {
    hint: 'start again without a cursor',
  });
}

/** How many rows to read: one more than is shown tells whether there is a next page. */
export function rowsToRead({ limit }: Paging): number {
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= largestPage))
    throw new InvalidError('limit-invalid', `limit ${String(limit)} isn't between 1 and ${String(largestPage)}`);
  return limit + 1;
}

interface PageOf<Row, Item> {
  readonly rows: readonly Row[];
  readonly item: (row: Row) => Item;
  readonly cursor: (row: Row) => string;
}

export function pageOf<Row, Item>({ rows, item, cursor }: PageOf<Row, Item>, { limit }: Paging): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(item), ...(last === undefined ? {} : { nextCursor: cursor(last) }) };
}
