import type { PromotionId } from '@fairlead/domain';
import type { Claim, Claims, Store } from '@fairlead/engine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresStore } from '../store/postgres-store.ts';
import { samplePromotion } from '../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { postgresClaims } from './claims.ts';
import { duePromotions } from './due-promotions.ts';
import { wakePromotions } from './wake-promotions.ts';

let db: TestDatabase;
let store: Store;
let claims: Claims;
let id: PromotionId;
let made = 0;

beforeAll(async () => {
  db = await testDatabase();
  store = postgresStore({ database: db.database, log: { logId: 1 }, claimMs: 60_000 });
  claims = postgresClaims({ database: db.database, worker: 'one', claimMs: 60_000 });
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(async () => {
  const promotion = samplePromotion(++made);
  id = promotion.id;
  await store.transact((tx) => tx.write.promotions.insert(promotion, {}));
});

const wake = (): Promise<unknown> => store.transact((tx) => tx.write.wakes.promotion(id));
const due = async (): Promise<boolean> => (await duePromotions(db.database, 1000)).includes(id);
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

async function taken(): Promise<Claim> {
  const claim = await claims.take(id);
  if (claim === 'not-mine') throw new Error('not taken');
  return claim;
}

/** A wake-up whose transaction is open: its row is written, and nobody else sees it yet. */
async function openWake(): Promise<{ commit(): Promise<void> }> {
  let commit: () => void = () => undefined;
  const mayCommit = new Promise<void>((done) => (commit = done));
  let written: () => void = () => undefined;
  const isWritten = new Promise<void>((done) => (written = done));
  const waking = db.database.kysely.transaction().execute(async (trx) => {
    await wakePromotions(trx, [id]);
    written();
    await mayCommit;
  });
  await isWritten;
  return {
    async commit() {
      commit();
      await waking;
    },
  };
}

/** Waits until some session of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await db.query('superuser', waiting)).length === 0);
}

describe('a claim', () => {
  it('is one holder’s, from due to let go', async () => {
    expect(await due()).toBe(true);
    const claim = await taken();

    expect(await claims.take(id)).toBe('not-mine');
    expect(await due()).toBe(false);
    expect(await claims.letGo(claim, inAnHour())).toBe('let-go');
    expect(await claims.take(id)).toBe('not-mine');
    expect(await due()).toBe(false);
    await wake();
    expect(await due()).toBe(true);
    expect(await claims.take(id)).toMatchObject({ id });
  });

  it('is due again by itself at the time that was asked for', async () => {
    await claims.letGo(await taken(), new Date(Date.now() - 1));

    expect(await due()).toBe(true);
  });

  it('can be taken on an ended promotion when somebody wakes it, and then rests', async () => {
    await store.transact((tx) => tx.write.promotions.change(id, (before) => ({ ...before, status: 'ready' })));

    const claim = await taken();
    expect(await claims.letGo(claim, undefined)).toBe('let-go');

    expect(await claims.take(id)).toBe('not-mine');
    expect(await due()).toBe(false);
    expect(await claims.take(samplePromotion(999_999).id)).toBe('not-mine');
  });

  it('that has expired is due whatever else was asked for, and its late holder learns that it lost', async () => {
    const quick = postgresClaims({ database: db.database, worker: 'two', claimMs: -1 });
    const late = await quick.take(id);

    expect(await due()).toBe(true);
    const claim = await taken();

    expect(late).not.toBe('not-mine');
    if (late === 'not-mine') return;
    await expect(claims.lookAgain(late)).rejects.toMatchObject({ code: 'claim-lost' });
    expect(await claims.letGo(late, undefined)).toBe('woken');
    await expect(store.transact((tx) => tx.write.promotions.save(samplePromotion(made), late))).rejects.toMatchObject({
      code: 'claim-lost',
    });
    expect(await claims.letGo(claim, undefined)).toBe('let-go');
  });
});

describe('no wake-up is lost', () => {
  it('when it comes while a holder works', async () => {
    const claim = await taken();

    await wake();

    expect(await claims.take(id)).toBe('not-mine');
    expect(await claims.letGo(claim, inAnHour())).toBe('woken');
    const again = await claims.lookAgain(claim);
    expect(await claims.letGo(again, inAnHour())).toBe('let-go');
  });

  it('when it commits while somebody takes the claim', async () => {
    await claims.letGo(await taken(), inAnHour());
    const waking = await openWake();

    const taking = claims.take(id);
    await somebodyWaits();
    await waking.commit();

    expect(await taking).toMatchObject({ id });
  });

  it('when it commits while the holder lets go', async () => {
    const claim = await taken();
    const waking = await openWake();

    const lettingGo = claims.letGo(claim, inAnHour());
    await somebodyWaits();
    await waking.commit();

    expect(await lettingGo).toBe('woken');
  });

  it('when it began before the holder’s last look and commits after it', async () => {
    const claim = await taken();
    const waking = await openWake();

    const looking = claims.lookAgain(claim);
    await somebodyWaits();
    await waking.commit();
    const looked = await looking;

    // The look waited for the commit, so it consumed a wake-up whose cause it sees.
    expect(await claims.letGo(looked, inAnHour())).toBe('let-go');
  });
});

it('wakes many in one order, whoever asks in which', async () => {
  const many = Array.from({ length: 20 }, () => samplePromotion(++made));
  await store.transact(async (tx) => {
    for (const one of many) await tx.write.promotions.insert(one, {});
  });
  const ids = many.map((one) => one.id);
  const wakeAll = (order: readonly PromotionId[]): Promise<void> =>
    db.database.kysely.transaction().execute((trx) => wakePromotions(trx, order));

  const all = Array.from({ length: 10 }, (_, i) => wakeAll(i % 2 === 0 ? ids : ids.toReversed()));

  await expect(Promise.all(all)).resolves.toHaveLength(10);
});
