import type { Lease, Leases } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { postgresLeases } from './postgres-leases.ts';
import { requireHeld } from './require-held.ts';

let db: TestDatabase;
let one: Leases;
let other: Leases;

beforeAll(async () => {
  db = await testDatabase();
  one = postgresLeases({ database: db.database, holder: 'one', leaseMs: 60_000 });
  other = postgresLeases({ database: db.database, holder: 'other', leaseMs: 60_000 });
});
afterAll(() => db[Symbol.asyncDispose]());

async function taken(leases: Leases, name: string): Promise<Lease> {
  const lease = await leases.take(name);
  if (lease === 'held') throw new Error(`${name} is held`);
  return lease;
}

/** As if its time had passed. */
async function expire(name: string): Promise<void> {
  await db.query('owner', `update fairlead.lease set expires = clock_timestamp() where name = '${name}'`);
}

describe('postgresLeases', () => {
  it('gives a lease to one of those that ask at once', async () => {
    const asked = await Promise.all([one, other, one, other].map((leases) => leases.take('at once')));

    const holders = asked.filter((answer) => answer !== 'held');
    expect(holders).toHaveLength(2);
    expect(new Set(holders.map(({ epoch }) => epoch))).toEqual(new Set([1]));
  });

  it('keeps it while it is renewed, and its notes with it', async () => {
    const lease = await taken(one, 'renewed');
    expect(await one.renew({ ...lease, notes: { fresh: { a: 'now' } } })).not.toBe('lost');

    expect(await other.take('renewed')).toBe('held');
    expect((await taken(one, 'renewed')).notes).toEqual({ fresh: { a: 'now' } });
  });

  it('gives it to another after its time, who finds the notes, and tells the first that it lost it', async () => {
    const lease = await taken(one, 'expired');
    await one.renew({ ...lease, notes: { fresh: { a: 'then' } } });
    await expire('expired');

    const next = await taken(other, 'expired');
    expect(next).toMatchObject({ epoch: lease.epoch + 1, notes: { fresh: { a: 'then' } } });
    expect(await one.renew(lease)).toBe('lost');
    expect(await one.take('expired')).toBe('held');
  });

  it('lets another take it at once when it is released, and no one release what is not theirs', async () => {
    const lease = await taken(one, 'released');
    await other.release(lease);
    expect(await other.take('released')).toBe('held');

    await one.release(lease);
    expect(await other.take('released')).not.toBe('held');
  });

  it('refuses writes of one that lost it', async () => {
    const lease = await taken(one, 'fenced');
    await expect(requireHeld(db.database.kysely, lease)).resolves.toBeUndefined();
    await expire('fenced');
    await expect(requireHeld(db.database.kysely, lease)).rejects.toMatchObject({ code: 'lease-lost' });
    await taken(other, 'fenced');
    await expect(requireHeld(db.database.kysely, lease)).rejects.toMatchObject({ code: 'lease-lost' });
  });
});
