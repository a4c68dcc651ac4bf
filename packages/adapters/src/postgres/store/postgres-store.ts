import type { PromotionId, SignedRecord } from '@fairlead/domain';
import type { Reader, Store, Transactor } from '@fairlead/engine';
import type { Database } from '../database.ts';
import { requireHeld } from '../leases/require-held.ts';
import { appendRecords } from '../ledger/append-records.ts';
import { wakePromotions } from '../wakes/wake-promotions.ts';
import { approvalReader, approvalWriter } from './approvals.ts';
import { driftReader, driftWriter } from './drift.ts';
import { environmentReader, environmentWriter } from './environments.ts';
import { evidenceReader } from './evidence.ts';
import { exceptionReader, exceptionWriter } from './exceptions.ts';
import { promotionReader } from './promotion-reader.ts';
import { promotionWriter } from './promotion-writer.ts';
import type { Queries } from './queries.ts';
import { releaseReader, releaseWriter } from './releases.ts';
import { taskReader, taskWriter } from './tasks.ts';
import { tokenReader, tokenWriter } from './tokens.ts';
import { validationReader, validationWriter } from './validations.ts';
import { retrying } from './retrying.ts';

export interface StoreOptions {
  readonly database: Database;
  /** Which log records go to, and who is told after the commit that some came. */
  readonly log: { readonly logId: number; readonly appended?: () => void };
  /** How long a claim lives after each write under it. */
  readonly claimMs: number;
}

/** Durable state in PostgreSQL. A transaction that the database ended for another's sake is run again. */
export function postgresStore({ database, log, claimMs }: StoreOptions): Store {
  return {
    read: (work) =>
      database.kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((trx) => work(readerOf(trx, log.logId))),
    async transact(work) {
      const { result, appended } = await retrying(() => database.kysely.transaction().execute((trx) => once(trx, work)));
      if (appended) log.appended?.();
      return result;
    },
  };

  async function once<T>(trx: Queries, work: (tx: Transactor) => Promise<T>): Promise<{ readonly result: T; readonly appended: boolean }> {
    const woken = new Set<PromotionId>();
    const records: SignedRecord[] = [];
    const result = await work({
      ...readerOf(trx, log.logId),
      write: {
        promotions: promotionWriter(trx, claimMs),
        releases: releaseWriter(trx),
        environments: environmentWriter(trx),
        approvals: approvalWriter(trx),
        validations: validationWriter(trx),
        evidence: { append: (record) => Promise.resolve(void records.push(record)) },
        tokens: tokenWriter(trx),
        drift: driftWriter(trx),
        exceptions: exceptionWriter(trx),
        tasks: taskWriter(trx),
        leases: { requireHeld: (lease) => requireHeld(trx, lease) },
        wakes: { promotion: (id) => Promise.resolve(void woken.add(id)) },
      },
    });
    // At the end, each in one go: few round trips, and rings that wait for nothing but the commit.
    await appendRecords(trx, log.logId, records);
    await wakePromotions(trx, [...woken]);
    return { result, appended: records.length > 0 };
  }
}

function readerOf(db: Queries, logId: number): Reader {
  return {
    promotions: promotionReader(db),
    releases: releaseReader(db),
    environments: environmentReader(db),
    approvals: approvalReader(db),
    validations: validationReader(db),
    evidence: evidenceReader(db, logId),
    tokens: tokenReader(db),
    drift: driftReader(db),
    exceptions: exceptionReader(db),
    tasks: taskReader(db),
  };
}
