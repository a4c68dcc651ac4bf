import { ReconciliationTask } from '@fairlead/domain';
import type { TaskReader, TaskTransactor } from '@fairlead/engine';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function taskReader(db: Queries): TaskReader {
  const tasks = db.selectFrom('fairlead.reconciliation_task');
  return {
    async get(id) {
      const row = await tasks.select('document').where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : ReconciliationTask.parse(row.document);
    },
    async list({ environment, open }, paging) {
      const before = cursorNumber(paging);
      const rows = await tasks
        .select(['seq', 'document'])
        .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? ''))
        .$if(open !== undefined, (query) => query.where('open', '=', open === true))
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: ({ document }) => ReconciliationTask.parse(document), cursor: ({ seq }) => String(seq) }, paging);
    },
    async open(environment) {
      const rows = await tasks.select('document').where('environment', '=', environment).where('open', '=', true).orderBy('seq').execute();
      return rows.map(({ document }) => ReconciliationTask.parse(document));
    },
  };
}

export function taskWriter(db: Queries): TaskTransactor {
  const save: TaskTransactor['save'] = async (task) => {
    const { id, environment, closed } = task;
    const row = { open: closed === undefined, document: JSON.stringify(task) };
    await db
      .insertInto('fairlead.reconciliation_task')
      .values({ id, environment, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  };
  return {
    save,
    async change(id, change) {
      const row = await db
        .selectFrom('fairlead.reconciliation_task')
        .select('document')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return 'absent';
      const changed = change(ReconciliationTask.parse(row.document));
      await save(changed);
      return changed;
    },
  };
}
