import { Waker } from '../../kube/waker.ts';

/** Reconciles one object whenever it is woken, one reconciliation at a time, until it is stopped. */
export class ObjectWorker {
  /** Settles when no more work is being done. */
  readonly ended: Promise<void>;
  readonly #reconcile: () => Promise<Outcome>;
  readonly #backOffMs: number;
  readonly #waker = new Waker();
  #stopped = false;
  #failures = 0;

  constructor(reconcile: () => Promise<Outcome>, backOffMs: number) {
    this.#reconcile = reconcile;
    this.#backOffMs = backOffMs;
    this.ended = this.#run();
  }

  wake(): void {
    this.#waker.ring();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async #run(): Promise<void> {
    await this.#waker.sleep(undefined);
    while (!this.#stopped) await this.#waker.sleep(await this.#rest());
  }

  /** Reconciles; returns how long to rest unless woken. */
  async #rest(): Promise<number | undefined> {
    const outcome = await this.#reconcile().catch((): Outcome => ({ kind: 'failed' }));
    this.#failures = outcome.kind === 'failed' ? this.#failures + 1 : 0;
    switch (outcome.kind) {
      case 'done':
        return undefined;
      case 'after':
        return outcome.ms;
      case 'failed':
        return this.#backOffMs * 2 ** Math.min(this.#failures - 1, 8);
    }
  }
}

/** `done`: until something changes. `after`: again then. `failed`: again, later each time. */
export type Outcome = { readonly kind: 'done' } | { readonly kind: 'after'; readonly ms: number } | { readonly kind: 'failed' };

export const done: Outcome = { kind: 'done' };

export function after(ms: number): Outcome {
  return { kind: 'after', ms };
}
