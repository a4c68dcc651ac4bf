import { ConflictError, hasEnded, Promotion, type JournalEntry, type PromotionId } from '@fairlead/domain';
import type { Claim, PromotionTransactor } from '@fairlead/engine';
import { sql } from 'kysely';
import { claimLost } from './claim-lost.ts';
import type { Queries } from './queries.ts';

/** The claim lives for `claimMs` after each write under it, by database time. */
export function promotionWriter(db: Queries, claimMs: number): PromotionTransactor {
  return {
    async insert(promotion, plan) {
      await db
        .insertInto('fairlead.control')
        .values({ scope: promotion.environment })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      // Two starts for one environment come one after the other, so that the second sees the first.
      await sql`select 1 from fairlead.control where scope = ${promotion.environment} for update`.execute(db);
      const inserted = await sql`
        insert into fairlead.promotion (id, service, environment, status, ended, plan_digest, document, plan, wake_at)
        values (${promotion.id}, ${promotion.service}, ${promotion.environment}, ${promotion.status}, ${hasEnded(promotion.status)},
          ${promotion.plan}, ${JSON.stringify(promotion)}, ${JSON.stringify(plan)}, clock_timestamp())
        on conflict do nothing returning id`.execute(db);
      return inserted.rows.length === 1 ? 'inserted' : 'exists';
    },
    async save(promotion, claim) {
      const { rows } = await sql<{ readonly version: number }>`
        update fairlead.promotion set ${written(promotion)}, claim_expires = clock_timestamp() + ${claimMs} * interval '1 ms'
        where id = ${claim.id} and version = ${claim.version} returning version`.execute(db);
      const version = rows[0]?.version;
      if (version === undefined) throw claimLost(claim.id);
      return { id: claim.id, version };
    },
    async change(id, change) {
      const row = await db.selectFrom('fairlead.promotion').select('document').where('id', '=', id).forUpdate().executeTakeFirst();
      if (row === undefined) return 'absent';
      const changed = change(Promotion.parse(row.document));
      // Whoever holds the claim decides from what was true before: it loses the claim, and the next one, due at once, reads this.
      await sql`update fairlead.promotion set ${written(changed)}, claimed_by = null, claim_expires = null,
        wake_at = least(wake_at, clock_timestamp()) where id = ${id}`.execute(db);
      return changed;
    },
    async intend(entry, claim) {
      await sql`select 1 from fairlead.control where scope = 'installation'
        or scope = (select environment from fairlead.promotion where id = ${entry.promotion}) order by scope for share`.execute(db);
      // Before the journal: a late holder must learn that it lost, not meet a key.
      await hold(db, claim, claimMs);
      await insertIntent(db, entry);
    },
    async settle(entry) {
      await db
        .updateTable('fairlead.journal')
        .set({ document: JSON.stringify(entry), settled_as: entry.result?.how ?? null })
        .where('promotion', '=', entry.promotion)
        .where('key', '=', entry.key)
        .executeTakeFirstOrThrow();
    },
  };
}

// A column list for `set`; the version moves with every write.
function written(promotion: Promotion): ReturnType<typeof sql> {
  return sql`status = ${promotion.status}, ended = ${hasEnded(promotion.status)}, plan_digest = ${promotion.plan},
    merged_at = case when ${promotion.mergeCommit !== undefined}::boolean then coalesce(merged_at, clock_timestamp()) end,
    document = ${JSON.stringify(promotion)}, version = version + 1`;
}

/** Renews without moving the version: the write that follows carries it. */
async function hold(db: Queries, claim: Claim, claimMs: number): Promise<void> {
  const { rows } = await sql`update fairlead.promotion set claim_expires = clock_timestamp() + ${claimMs} * interval '1 ms'
    where id = ${claim.id} and version = ${claim.version} returning id`.execute(db);
  if (rows.length === 0) throw claimLost(claim.id);
}

/** Intended again after a failure: a new try under the same key. What was done can't be intended again. */
async function insertIntent(db: Queries, entry: JournalEntry): Promise<void> {
  const { rows } = await sql<{ readonly promotion: PromotionId }>`
    insert into fairlead.journal (promotion, key, document) values (${entry.promotion}, ${entry.key}, ${JSON.stringify(entry)})
    on conflict (promotion, key) do update set document = excluded.document, settled_as = null
    where journal.settled_as is distinct from 'acted' returning promotion`.execute(db);
  if (rows.length === 0) throw new ConflictError('already-settled', `effect ${entry.key} of promotion ${entry.promotion} is done`);
}
