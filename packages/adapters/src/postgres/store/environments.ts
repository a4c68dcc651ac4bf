import { EnvironmentId, EnvironmentStatus } from '@fairlead/domain';
import type { EnvironmentReader, EnvironmentTransactor } from '@fairlead/engine';
import { sql } from 'kysely';
import { cursorInvalid, pageOf, rowsToRead } from './paging.ts';
import type { Queries } from './queries.ts';

export function environmentReader(db: Queries): EnvironmentReader {
  const statuses = db.selectFrom('fairlead.environment_status').selectAll();
  return {
    async status(id) {
      const { service, environment } = partsOf(id);
      const row = await statuses.where('service', '=', service).where('environment', '=', environment).executeTakeFirst();
      return row === undefined ? 'absent' : EnvironmentStatus.parse(row.document);
    },
    async list({ service, environment }, paging) {
      const rows = await statuses
        .$if(service !== undefined, (query) => query.where('service', '=', service ?? ''))
        .$if(environment !== undefined, (query) => query.where('environment', '=', environment ?? ''))
        .$if(paging.cursor !== undefined, (query) => query.where(afterCursor(paging.cursor ?? '')))
        .orderBy('service')
        .orderBy('environment')
        .limit(rowsToRead(paging))
        .execute();
      const item = ({ document }: { readonly document: unknown }): EnvironmentStatus => EnvironmentStatus.parse(document);
      return pageOf({ rows, item, cursor: (row) => `${row.service}/${row.environment}` }, paging);
    },
  };
}

export function environmentWriter(db: Queries): EnvironmentTransactor {
  return {
    async save(status) {
      const document = JSON.stringify(status);
      await db
        .insertInto('fairlead.environment_status')
        .values({ service: status.service, environment: status.environment, document })
        .onConflict((conflict) => conflict.columns(['service', 'environment']).doUpdateSet({ document }))
        .execute();
    },
  };
}

function afterCursor(cursor: string): ReturnType<typeof sql<boolean>> {
  const id = EnvironmentId.safeParse(cursor);
  if (!id.success) throw cursorInvalid(cursor);
  const { service, environment } = partsOf(id.data);
  return sql<boolean>`(service, environment) > (${service}, ${environment})`;
}

function partsOf(id: EnvironmentId): { readonly service: string; readonly environment: string } {
  const slash = id.indexOf('/');
  return { service: id.slice(0, slash), environment: id.slice(slash + 1) };
}
