import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PromotionId } from '@fairlead/domain';
import { ActorId } from '@fairlead/domain';
import type { Store } from '@fairlead/engine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { postgresStore } from '../store/postgres-store.ts';
import { samplePromotion, someDigest } from '../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PromotionWakes } from './promotion-wakes.ts';

let db: TestDatabase;
let store: Store;

beforeEach(async () => {
  db = await testDatabase();
  store = postgresStore({ database: db.database, log: { logId: 1 }, claimMs: 60_000 });
});
afterEach(() => db[Symbol.asyncDispose]());

const never = 3_600_000;
const patiently = { timeout: 30_000, interval: 5 };
async function insert(n: number): Promise<PromotionId> {
  const promotion = samplePromotion(n);
  await store.transact((tx) => tx.write.promotions.insert(promotion, {}));
  return promotion.id;
}

describe('a worker', () => {
  const wake = (id: PromotionId): Promise<unknown> => store.transact((tx) => tx.write.wakes.promotion(id));

  it('hears a ring without waiting for the sweep, also after its connection was cut', async () => {
    const id = await insert(1);
    const handled: PromotionId[] = [];
    const handle = (one: PromotionId): Promise<unknown> => Promise.resolve(handled.push(one));
    await using wakes = new PromotionWakes({ database: db.database, handle, concurrency: 1, onError: () => undefined, sweepMs: never });
    const listening = `select pid from pg_stat_activity where datname = current_database() and query = 'listen "fairlead_wakes"'`;
    const listener = async (): Promise<unknown> => (await db.query('superuser', listening))[0]?.['pid'];
    await vi.waitUntil(listener, patiently);

    await wake(id);
    await vi.waitUntil(() => handled.length === 1, patiently);
    const cut = await listener();
    await db.query('superuser', `select pg_terminate_backend(${String(cut)})`);
    await vi.waitUntil(async () => ![undefined, cut].includes(await listener()), patiently);
    await wake(id);
    await vi.waitUntil(() => handled.length === 2, patiently);

    expect(handled).toEqual([id, id]);
    expect(wakes).toBeDefined();
  });

  it('finds what is due when the ring was lost', async () => {
    const id = await insert(1);
    const handled = new Set<PromotionId>();
    const handle = (one: PromotionId): Promise<unknown> => Promise.resolve(handled.add(one));

    await using wakes = new PromotionWakes({ database: db.database, handle, concurrency: 1, onError: () => undefined, sweepMs: 10 });
    await vi.waitUntil(() => handled.size > 0, patiently);

    expect([...handled]).toEqual([id]);
    expect(wakes).toBeDefined();
  });
});

describe('workers that are killed again and again', { timeout: 120_000 }, () => {
  const workers: ChildProcess[] = [];
  let stopping = false;
  afterEach(() => {
    stopping = true;
    for (const worker of workers) worker.kill('SIGKILL');
  });

  function launch(): void {
    const { host, user, database } = db.connection('app');
    const script = join(import.meta.dirname, 'fixtures/crash-worker.ts');
    const worker = spawn(process.execPath, ['--conditions=source', script, host, user, database], { stdio: 'inherit' });
    workers.push(worker);
    worker.once('exit', () => {
      workers.splice(workers.indexOf(worker), 1);
      if (!stopping) launch();
    });
  }

  it('do every step exactly once', async () => {
    await db.query(
      'owner',
      'create table public.effect (promotion text, key text, primary key (promotion, key)); grant select, insert on public.effect to fairlead_app',
    );
    const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => insert(n)));
    launch();
    launch();

    const [actor] = [samplePromotion(1).requestedBy];
    const effects = async (): Promise<number> => (await db.query('owner', 'select from public.effect')).length;
    let kills = 0;
    for (const promotion of ids) {
      await store.transact(async (tx) => {
        const approval = {
          promotion,
          decision: 'approve',
          content: someDigest('c'),
          actor: { ...actor, id: ActorId.parse('local:bob') },
          at: 'now',
        } as const;
        await tx.write.approvals.insert({ ...approval, record: someDigest(`approval ${promotion}`) });
        await tx.write.wakes.promotion(promotion);
      });
      // Each kill falls where work has just been done.
      const before = await effects();
      await vi.waitUntil(async () => (await effects()) > before || (await effects()) === ids.length * 5, patiently);
      if (kills >= 8) continue;
      const victim = workers[kills % workers.length];
      victim?.kill('SIGKILL');
      if (victim !== undefined) await once(victim, 'exit');
      kills += 1;
    }
    const open = `select id, status from fairlead.promotion where not ended`;
    await vi.waitUntil(async () => (await db.query('owner', open)).length === 0, { timeout: 60_000, interval: 50 });

    expect(kills).toBe(8);
    expect(
      await db.query(
        'owner',
        `select (select count(*)::int from public.effect) as effects, (select count(*)::int from fairlead.journal where settled_as = 'acted') as settled,
          (select count(*)::int from fairlead.journal) as intents, (select count(*)::int from ledger.record) as records`,
      ),
    ).toEqual([{ effects: 125, settled: 125, intents: 125, records: 125 }]);
  });
});
