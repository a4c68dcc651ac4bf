import { NotFoundError, ValidationRun } from '@fairlead/domain';
import type { ValidationReader, ValidationTransactor } from '@fairlead/engine';
import { sql } from 'kysely';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function validationReader(db: Queries): ValidationReader {
  const runs = db.selectFrom('fairlead.validation_run');
  return {
    async latest(environment) {
      const rows = await runs
        .select('document')
        .distinctOn('phase')
        .where('environment', '=', environment)
        .orderBy('phase')
        .orderBy('attempt', 'desc')
        .execute();
      return rows.map(({ document }) => ValidationRun.parse(document));
    },
    async list({ environment, phase }, paging) {
      const before = cursorNumber(paging);
      const rows = await runs
        .select(['seq', 'document'])
        .where('environment', '=', environment)
        .$if(phase !== undefined, (query) => query.where('phase', '=', phase ?? ''))
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: ({ document }) => ValidationRun.parse(document), cursor: ({ seq }) => String(seq) }, paging);
    },
  };
}

export function validationWriter(db: Queries): ValidationTransactor {
  return {
    async request(requested) {
      const { environment, phase } = requested;
      // A statement of its own: the next one must see what the holder before committed.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${environment} ${phase}`}, 0))`.execute(db);
      const { attempt } = await db
        .selectFrom('fairlead.validation_run')
        .select((eb) => eb.fn.coalesce(eb.fn.max('attempt'), eb.lit(0)).as('attempt'))
        .where('environment', '=', environment)
        .where('phase', '=', phase)
        .executeTakeFirstOrThrow();
      const run = { ...requested, attempt: attempt + 1 };
      await db
        .insertInto('fairlead.validation_run')
        .values({ environment, phase, attempt: run.attempt, document: JSON.stringify(run) })
        .execute();
      return run;
    },
    async save(run) {
      const { numUpdatedRows } = await db
        .updateTable('fairlead.validation_run')
        .set({ document: JSON.stringify(run) })
        .where('environment', '=', run.environment)
        .where('phase', '=', run.phase)
        .where('attempt', '=', run.attempt)
        .executeTakeFirst();
      if (numUpdatedRows === 0n)
        throw new NotFoundError('validation-run-unknown', `no attempt ${String(run.attempt)} of phase ${run.phase} in ${run.environment}`);
    },
  };
}
