import { DriftAction, DriftItem, EnvironmentId, FreeMap, freshAt, observerLease, TargetObservation } from '@fairlead/domain';
import type { DatedObservation, DriftFilter, DriftReader, DriftTransactor } from '@fairlead/engine';
import { sql } from 'kysely';
import { requireHeld } from '../leases/require-held.ts';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function driftReader(db: Queries): DriftReader {
  const items = db.selectFrom('fairlead.drift_item');
  const actions = db.selectFrom('fairlead.drift_action');
  return {
    async get(id) {
      const row = await items.select(['environment', 'document']).where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : { environment: EnvironmentId.parse(row.environment), item: DriftItem.parse(row.document) };
    },
    async list(filter, paging) {
      const before = cursorNumber(paging);
      const rows = await matching(db, filter)
        .select(['seq', 'environment', 'document'])
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf(
        {
          rows,
          item: ({ environment, document }) => ({ environment: EnvironmentId.parse(environment), item: DriftItem.parse(document) }),
          cursor: ({ seq }) => String(seq),
        },
        paging,
      );
    },
    async open(environment, target) {
      const rows = await matching(db, { environment, open: true, ...(target === undefined ? {} : { target }) })
        .select('document')
        .orderBy('seq')
        .execute();
      return rows.map(({ document }) => DriftItem.parse(document));
    },
    observations: (environment) => observations(db, environment),
    async action(id) {
      const row = await actions.select('document').where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : DriftAction.parse(row.document);
    },
    async openActions(environment) {
      const rows = await actions
        .select('document')
        .where('environment', '=', environment)
        .where('ended', '=', false)
        .orderBy('seq')
        .execute();
      return rows.map(({ document }) => DriftAction.parse(document));
    },
  };
}

function matching(db: Queries, { environment, target, open }: DriftFilter) {
  return db
    .selectFrom('fairlead.drift_item')
    .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? ''))
    .$if(target !== undefined, (query) => query.where('target', '=', target ?? ''))
    .$if(open !== undefined, (query) => query.where('open', '=', open === true));
}

async function observations(db: Queries, environment: EnvironmentId): Promise<readonly DatedObservation[]> {
  const rows = await db
    .selectFrom('fairlead.target_observation')
    .select('document')
    .where('environment', '=', environment)
    .orderBy('target')
    .execute();
  const all = rows.map(({ document }) => TargetObservation.parse(document));
  const names = [...new Set(all.map(({ cluster }) => observerLease(cluster)))];
  const leases =
    names.length === 0 ? [] : await db.selectFrom('fairlead.lease').select(['name', 'notes']).where('name', 'in', names).execute();
  return all.map((observation) => {
    const notes = leases.find(({ name }) => name === observerLease(observation.cluster))?.notes;
    const at = freshAt(FreeMap.parse(notes ?? {}), observation);
    return { observation, ...(at === undefined ? {} : { freshAt: at }) };
  });
}

export function driftWriter(db: Queries): DriftTransactor {
  return {
    async save(environment, items, lease) {
      await requireHeld(db, lease);
      if (items.length === 0) return;
      const column = <T>(of: (item: DriftItem) => T): readonly T[] => items.map(of);
      await sql`
        insert into fairlead.drift_item (id, environment, target, open, document)
        select id, ${environment}, target, open, document::json from unnest(
          ${column(({ id }) => id)}::text[],
          ${column(({ target }) => target)}::text[],
          ${column(({ resolvedAt }) => resolvedAt === undefined)}::boolean[],
          ${column((item) => JSON.stringify(item))}::text[]
        ) with ordinality as given (id, target, open, document, n) order by n
        on conflict (id) do update set open = excluded.open, document = excluded.document`.execute(db);
    },
    async observed(observation, lease) {
      await requireHeld(db, lease);
      const { environment, target } = observation;
      const document = JSON.stringify(observation);
      await db
        .insertInto('fairlead.target_observation')
        .values({ environment, target, document })
        .onConflict((conflict) => conflict.columns(['environment', 'target']).doUpdateSet({ document }))
        .execute();
    },
    async act(action) {
      const { id, environment, status } = action;
      const row = { ended: status === 'done' || status === 'failed', document: JSON.stringify(action) };
      await db
        .insertInto('fairlead.drift_action')
        .values({ id, environment, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
  };
}
