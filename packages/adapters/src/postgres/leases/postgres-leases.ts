import { FreeMap } from '@fairlead/domain';
import type { Lease, Leases } from '@fairlead/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface LeaseOptions {
  readonly database: Database;
  /** Who holds, different for each process that lives. */
  readonly holder: string;
  readonly leaseMs: number;
}

/** Every clock is the database's: those of two servers may differ. */
export function postgresLeases({ database: { kysely: db }, holder, leaseMs }: LeaseOptions): Leases {
  const until = sql`clock_timestamp() + ${leaseMs} * interval '1 ms'`;
  return {
    async take(name) {
      const { rows } = await sql<{ readonly epoch: number; readonly notes: unknown }>`
        insert into fairlead.lease as lease (name, holder, expires) values (${name}, ${holder}, ${until})
        on conflict (name) do update set
          epoch = lease.epoch + case when lease.holder = ${holder} then 0 else 1 end, holder = ${holder}, expires = ${until}
        where lease.holder = ${holder} or lease.expires <= clock_timestamp()
        returning epoch, notes`.execute(db);
      const row = rows[0];
      return row === undefined ? 'held' : { name, epoch: row.epoch, notes: FreeMap.parse(row.notes) };
    },
    async renew(lease) {
      const { name, epoch, notes } = lease;
      // Also after its time, as long as nobody took it: what was seen meanwhile is still one observer's.
      const { numAffectedRows } = await sql`update fairlead.lease set expires = ${until}, notes = ${JSON.stringify(notes)}
        where name = ${name} and epoch = ${epoch} and holder = ${holder}`.execute(db);
      return numAffectedRows === 1n ? lease : 'lost';
    },
    async release({ name, epoch }: Lease) {
      await sql`update fairlead.lease set expires = clock_timestamp() where name = ${name} and epoch = ${epoch} and holder = ${holder}`.execute(
        db,
      );
    },
  };
}
