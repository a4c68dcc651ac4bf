import { NotFoundError, type Digest } from '@fairlead/domain';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { nativeTreeHasher } from './native-tree-hasher.ts';
import type { OpenLog } from './open-log.ts';
import { sequence, type SequenceMemory } from './sequence.ts';

export interface SequencerOptions {
  readonly database: Database;
  readonly log: OpenLog;
  readonly onError: (error: unknown) => void;
  /** How often to look for records whose process died before it could tell. */
  readonly sweepMs?: number;
}

interface Waiter {
  readonly digest: Digest;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

const batch = 4096;

/** Makes records part of the log as they come: what is appended during one run is the next one's batch. Any number of processes may have one. */
export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #hasher = nativeTreeHasher();
  readonly #memory: SequenceMemory = {};
  readonly #timer: NodeJS.Timeout;
  #waiters: readonly Waiter[] = [];
  #asked = false;
  #running: Promise<void> | undefined;

  constructor(options: SequencerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.appended();
    }, options.sweepMs ?? 1000);
  }

  /** Something was appended, by a transaction that has committed. */
  appended(): void {
    this.#asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#asked) this.appended();
    });
  }

  /** Settles when a signed checkpoint covers the record. Precondition: its transaction has committed. */
  covered(digest: Digest): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiters = [...this.#waiters, { digest, done, failed }];
      this.appended();
    });
  }

  /** A failed run leaves the rest to the next one. */
  async #run(): Promise<void> {
    try {
      const client = await this.#options.database.pool.connect();
      await this.#batches(client).finally(() => {
        client.release();
      });
    } catch (error) {
      this.#asked = false;
      this.#options.onError(error);
    }
  }

  async #batches(client: pg.ClientBase): Promise<void> {
    while (this.#asked) {
      this.#asked = false;
      const waiting = this.#waiters;
      const taken = await sequence(client, { log: this.#options.log, hasher: this.#hasher, memory: this.#memory, limit: batch });
      if (taken === batch) this.#asked = true;
      else if (waiting.length > 0) await this.#settle(client, waiting);
    }
  }

  /** Asks the log, not the batch: another process may have taken the record. */
  async #settle(client: pg.ClientBase, waiting: readonly Waiter[]): Promise<void> {
    const { rows } = await client.query<{ digest: string }>({
      name: 'ledger-covered',
      text: 'select digest from ledger.record join ledger.log_leaf on record = id and log_id = $2 where digest = any($1)',
      values: [waiting.map(({ digest }) => digest), this.#options.log.logId],
    });
    const covered = new Set(rows.map(({ digest }) => digest));
    this.#waiters = this.#waiters.filter((waiter) => !waiting.includes(waiter));
    for (const { digest, done, failed } of waiting) {
      if (covered.has(digest)) done();
      else failed(new NotFoundError('record-unknown', `no record ${digest} was appended to log ${String(this.#options.log.logId)}`));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#asked = false;
    await this.#running;
  }
}
