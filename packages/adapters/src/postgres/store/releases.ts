import { Digest } from '@fairlead/domain';
import type { ReleaseReader, ReleaseTransactor, StoredRelease } from '@fairlead/engine';
import type { Selectable } from 'kysely';
import type { Schema } from '../schema.ts';
import { cursorNumber, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function releaseReader(db: Queries): ReleaseReader {
  const releases = db.selectFrom('fairlead.release').selectAll();
  return {
    async get(digest) {
      const row = await releases.where('digest', '=', digest).executeTakeFirst();
      return row === undefined ? 'absent' : stored(row);
    },
    async byVersion(service, version) {
      const row = await releases.where('service', '=', service).where('version', '=', version).executeTakeFirst();
      return row === undefined ? 'absent' : stored(row);
    },
    async list({ service }, paging) {
      const before = cursorNumber(paging);
      const rows = await releases
        .$if(service !== undefined, (query) => query.where('service', '=', service ?? ''))
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(rowsToRead(paging))
        .execute();
      return pageOf({ rows, item: stored, cursor: ({ seq }) => String(seq) }, paging);
    },
  };
}

export function releaseWriter(db: Queries): ReleaseTransactor {
  return {
    async insert({ digest, service, version, manifest, registeredAt, record }) {
      const row = await db
        .insertInto('fairlead.release')
        .values({ digest, service, version, manifest, registered_at: registeredAt, record })
        .onConflict((conflict) => conflict.doNothing())
        .returning('digest')
        .executeTakeFirst();
      if (row !== undefined) return 'inserted';
      return (await releaseReader(db).get(digest)) === 'absent' ? 'conflict' : 'exists';
    },
  };
}

function stored(row: Selectable<Schema['fairlead.release']>): StoredRelease {
  const { service, version, manifest } = row;
  return {
    digest: Digest.parse(row.digest),
    service,
    version,
    manifest,
    registeredAt: row.registered_at,
    record: Digest.parse(row.record),
  };
}
