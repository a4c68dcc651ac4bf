import { PromotionId } from '@fairlead/domain';
import type { LocalChange, LocalChanges } from '@fairlead/engine';
import type { Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { Schema } from '../schema.ts';

/** Change requests of the `local` forge. */
export function postgresLocalChanges({ kysely: db }: Database): LocalChanges {
  const table = 'fairlead.local_change';
  return {
    async findOrCreate({ branch, base, title, promotion }) {
      // Of two that create at once one inserts; the other waits for it, inserts nothing and finds its row.
      await db
        .insertInto(table)
        .values({ branch, base, title, promotion: promotion ?? null })
        .onConflict((conflict) => conflict.column('branch').where('closed_because', 'is', null).doNothing())
        .execute();
      const row = await db
        .selectFrom(table)
        .selectAll()
        .where('branch', '=', branch)
        .where('closed_because', 'is', null)
        .executeTakeFirstOrThrow();
      return localChange(row);
    },
    async read(number) {
      const row = await db.selectFrom(table).selectAll().where('number', '=', number).executeTakeFirst();
      return row === undefined ? 'absent' : localChange(row);
    },
    async close(number, reason) {
      await db
        .updateTable(table)
        .set({ closed_because: reason })
        .where('number', '=', number)
        .where('closed_because', 'is', null)
        .execute();
    },
  };
}

function localChange({ number, branch, base, title, promotion, ...row }: Selectable<Schema['fairlead.local_change']>): LocalChange {
  return {
    number,
    branch,
    base,
    title,
    ...(promotion === null ? {} : { promotion: PromotionId.parse(promotion) }),
    openedAt: row.opened_at,
    ...(row.closed_because === null ? {} : { closed: { reason: row.closed_because } }),
  };
}
