import { ConflictError } from '@fairlead/domain';
import type { Lease } from '@fairlead/engine';
import { sql } from 'kysely';
import type { Queries } from '../store/queries.ts';

/** In the writer's transaction: one that was paused past its lease learns of it here, before it writes over its successor. */
export async function requireHeld(db: Queries, { name, epoch }: Lease): Promise<void> {
  const { rows } = await sql`select 1 from fairlead.lease
    where name = ${name} and epoch = ${epoch} and expires > clock_timestamp() for share`.execute(db);
  if (rows.length === 0) throw new ConflictError('lease-lost', `the lease ${name} was taken over`);
}
