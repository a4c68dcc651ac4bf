import { postgresStore } from '../store/postgres-store.ts';
import { samplePromotion } from '../testing/sample-promotion.ts';
import { testDatabase } from '../testing/test-database.ts';
import { expect, it } from 'vitest';
import { postgresClaims } from './claims.ts';
import { duePromotions } from './due-promotions.ts';
import { expireClaims } from './expire-claims.ts';

it('makes due at once what a killed process held, and refuses that process should it still write', async () => {
  await using db = await testDatabase();
  const { database } = db;
  const store = postgresStore({ database, log: { logId: 1 }, claimMs: 60_000 });
  const claims = postgresClaims({ database, worker: 'killed', claimMs: 60_000 });
  const promotion = samplePromotion(1);
  await store.transact(async (tx) => {
    await tx.write.promotions.insert(promotion, {});
    await tx.write.wakes.promotion(promotion.id);
  });
  const held = await claims.take(promotion.id);
  if (held === 'not-mine') throw new Error('not taken');
  const before = await duePromotions(database, 10);

  await expireClaims(database);

  expect([before, await duePromotions(database, 10)]).toEqual([[], [promotion.id]]);
  expect(await claims.take(promotion.id)).toMatchObject({ id: promotion.id });
  await expect(claims.lookAgain(held)).rejects.toThrow('was taken over');
});
