import { PolicyException } from '@fairlead/domain';
import type { ExceptionReader, ExceptionTransactor } from '@fairlead/engine';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function exceptionReader(db: Queries): ExceptionReader {
  const exceptions = db.selectFrom('fairlead.policy_exception');
  return {
    async get(id) {
      const row = await exceptions.select('document').where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : PolicyException.parse(row.document);
    },
    async list({ environment }, paging) {
      const before = cursorNumber(paging);
      const rows = await exceptions
        .select(['seq', 'document'])
        .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? ''))
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: ({ document }) => PolicyException.parse(document), cursor: ({ seq }) => String(seq) }, paging);
    },
    async unexpired(environment, at) {
      const rows = await exceptions
        .select('document')
        .where('environment', '=', environment)
        .where('expires_at', '>', at)
        .orderBy('seq')
        .execute();
      return rows.map(({ document }) => PolicyException.parse(document));
    },
  };
}

export function exceptionWriter(db: Queries): ExceptionTransactor {
  return {
    async insert(exception) {
      const { id, environment, expiresAt } = exception;
      await db
        .insertInto('fairlead.policy_exception')
        .values({ id, environment, expires_at: new Date(expiresAt), document: JSON.stringify(exception) })
        .execute();
    },
    async change(id, change) {
      const row = await db.selectFrom('fairlead.policy_exception').select('document').where('id', '=', id).forUpdate().executeTakeFirst();
      if (row === undefined) return 'absent';
      const changed = change(PolicyException.parse(row.document));
      await db
        .updateTable('fairlead.policy_exception')
        .set({ document: JSON.stringify(changed) })
        .where('id', '=', id)
        .execute();
      return changed;
    },
  };
}
