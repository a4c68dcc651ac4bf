import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from './database.ts';

export interface ListenOptions {
  readonly database: Database;
  readonly channel: string;
  readonly heard: (payload: string) => void;
  /** Listening began, for the first time or again: what was said before then went unheard. */
  readonly listening?: () => void;
  readonly onError: (error: unknown) => void;
}

const firstPauseMs = 50;
const longestPauseMs = 5000;

/** Hears a channel's notifications until it is disposed of, reconnecting by itself. */
export class NotificationListener {
  readonly #options: ListenOptions;
  readonly #stopping = new AbortController();
  readonly #stopped: Promise<void>;
  #client: pg.Client | undefined;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#stopped = this.#run();
  }

  async #run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.#stopping.signal.aborted) {
      try {
        const { gone } = await this.#listen();
        pauseMs = firstPauseMs;
        this.#options.listening?.();
        await gone;
      } catch (error) {
        this.#options.onError(error);
      }
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  /** Settles when listening has begun; `gone` when the connection is. */
  async #listen(): Promise<{ readonly gone: Promise<void> }> {
    const { database, channel, heard } = this.#options;
    const client = await database.connect();
    const gone = new Promise<void>((done) => {
      client.once('end', done);
    });
    client.on('notification', ({ payload }) => {
      heard(payload ?? '');
    });
    this.#client = client;
    if (this.#stopping.signal.aborted) await client.end();
    else await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return { gone };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#client?.end();
    await this.#stopped;
  }
}
