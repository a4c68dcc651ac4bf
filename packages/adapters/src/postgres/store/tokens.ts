import type { StoredToken, TokenReader, TokenTransactor } from '@fairlead/engine';
import { z } from 'zod';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

const Token = z.object({
  hash: z.string(),
  id: z.string(),
  user: z.string(),
  role: z.string(),
  environments: z.array(z.string()).readonly().exactOptional(),
  createdAt: z.string(),
  expiresAt: z.string(),
  once: z.boolean(),
});

export function tokenReader(db: Queries): TokenReader {
  return {
    async byHash(hash) {
      const row = await db.selectFrom('fairlead.token').select('document').where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? 'absent' : Token.parse(row.document);
    },
    async list(paging) {
      const before = cursorNumber(paging);
      const rows = await db
        .selectFrom('fairlead.token')
        .select(['seq', 'document'])
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: ({ document }): StoredToken => Token.parse(document), cursor: ({ seq }) => String(seq) }, paging);
    },
  };
}

export function tokenWriter(db: Queries): TokenTransactor {
  return {
    async insert(token) {
      await db
        .insertInto('fairlead.token')
        .values({ hash: token.hash, document: JSON.stringify(token) })
        .execute();
    },
    async remove(hash) {
      const { numDeletedRows } = await db.deleteFrom('fairlead.token').where('hash', '=', hash).executeTakeFirst();
      return numDeletedRows === 1n ? 'removed' : 'gone';
    },
  };
}
