import { JournalEntry, Promotion } from '@fairlead/domain';
import type { PromotionFilter, PromotionReader } from '@fairlead/engine';
import { z } from 'zod';
import type { Queries } from './queries.ts';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';

const Plan = z.record(z.string(), z.json());

export function promotionReader(db: Queries): PromotionReader {
  const promotions = db.selectFrom('fairlead.promotion');
  return {
    async get(id) {
      const row = await promotions.select('document').where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : Promotion.parse(row.document);
    },
    async plan(id) {
      const row = await promotions.select('plan').where('id', '=', id).executeTakeFirst();
      return row === undefined ? 'absent' : Plan.parse(row.plan);
    },
    async list(filter, paging) {
      const before = cursorNumber(paging);
      const rows = await matching(db, filter)
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .select(['seq', 'document'])
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: ({ document }) => Promotion.parse(document), cursor: ({ seq }) => String(seq) }, paging);
    },
    async open(environment) {
      const rows = await matching(db, { environment, open: true }).select('document').orderBy('seq').execute();
      return rows.map(({ document }) => Promotion.parse(document));
    },
    async intended(environment) {
      const row = await promotions
        .select('document')
        .where('environment', '=', environment)
        .where('merged_at', 'is not', null)
        .orderBy('merged_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? 'absent' : Promotion.parse(row.document);
    },
    async journal(id) {
      const rows = await db.selectFrom('fairlead.journal').select('document').where('promotion', '=', id).orderBy('seq').execute();
      return rows.map(({ document }) => JournalEntry.parse(document));
    },
  };
}

function matching(db: Queries, { service, environment, status, open }: PromotionFilter) {
  return db
    .selectFrom('fairlead.promotion')
    .$if(service !== undefined, (query) => query.where('service', '=', service ?? ''))
    .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? ''))
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? ''))
    .$if(open !== undefined, (query) => query.where('ended', '=', open !== true));
}
