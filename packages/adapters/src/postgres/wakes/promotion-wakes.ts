import { PromotionId } from '@fairlead/domain';
import type { Database } from '../database.ts';
import { NotificationListener } from '../notification-listener.ts';
import { Dispatcher } from './dispatcher.ts';
import { duePromotions } from './due-promotions.ts';
import { wakeChannel } from './wake-promotions.ts';

export interface WakeOptions {
  readonly database: Database;
  /** Advances one promotion as far as it goes; takes the claim itself. */
  readonly handle: (id: PromotionId) => Promise<unknown>;
  readonly concurrency: number;
  readonly onError: (error: unknown, id?: PromotionId) => void;
  /** How often to look for what is due: the precision of every back-off, and the delay after a lost ring. */
  readonly sweepMs?: number;
}

const sweepLimit = 200;

/** Hands on promotions that were rung for or are due, until it is disposed of. Any number of processes may do this at once. */
export class PromotionWakes {
  readonly #options: WakeOptions;
  readonly #dispatcher: Dispatcher<PromotionId>;
  readonly #listener: NotificationListener;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;

  constructor(options: WakeOptions) {
    const { database, handle, concurrency, onError, sweepMs = 250 } = options;
    this.#options = options;
    this.#dispatcher = new Dispatcher({ handle, concurrency, onError });
    const heard = (payload: string): void => {
      const id = PromotionId.safeParse(payload);
      if (id.success) this.#dispatcher.add(id.data);
    };
    this.#listener = new NotificationListener({ database, channel: wakeChannel, heard, onError });
    this.#timer = setInterval(() => {
      this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined));
    }, sweepMs);
  }

  async #sweep(): Promise<void> {
    try {
      for (const id of await duePromotions(this.#options.database, sweepLimit)) this.#dispatcher.add(id);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** Takes nothing more on, and waits for what runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#listener[Symbol.asyncDispose]();
    await this.#sweeping;
    await this.#dispatcher.stop();
  }
}
