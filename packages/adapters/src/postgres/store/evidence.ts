import { EvidenceType } from '@fairlead/domain';
import type { EvidenceReader, StoredRecord } from '@fairlead/engine';
import type { Schema } from '../schema.ts';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function evidenceReader(db: Queries, logId: number): EvidenceReader {
  const records = db
    .selectFrom('ledger.record as record')
    .leftJoin('ledger.log_leaf as leaf', (join) => join.onRef('leaf.record', '=', 'record.id').on('leaf.log_id', '=', logId))
    .select(['record.id', 'digest', 'type', 'environment', 'promotion', 'at', 'bundle', 'leaf.index']);
  return {
    async get(digest) {
      const row = await records.where('digest', '=', digest).executeTakeFirst();
      return row === undefined ? 'absent' : stored(row);
    },
    async list({ promotion, environment, type, since, until }, paging) {
      const before = cursorNumber(paging);
      const rows = await records
        .$if(promotion !== undefined, (query) => query.where('promotion', '=', promotion ?? null))
        .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? null))
        .$if(type !== undefined, (query) => query.where('type', '=', type ?? 'merge'))
        .$if(since !== undefined, (query) => query.where('at', '>=', since ?? new Date(0)))
        .$if(until !== undefined, (query) => query.where('at', '<', until ?? new Date(0)))
        .$if(before !== undefined, (query) => query.where('record.id', '<', before ?? 0))
        .orderBy('record.id', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: stored, cursor: ({ id }) => String(id) }, paging);
    },
  };
}

type RecordRow = Pick<Schema['ledger.record'], 'digest' | 'type' | 'environment' | 'promotion' | 'at' | 'bundle'> & {
  readonly index: number | null;
};

function stored({ digest, type, environment, promotion, at, bundle, index }: RecordRow): StoredRecord {
  return {
    digest,
    type: EvidenceType.parse(type),
    ...(environment === null ? {} : { environment }),
    ...(promotion === null ? {} : { promotion }),
    at: at.toISOString(),
    bundle,
    ...(index === null ? {} : { index }),
  };
}
