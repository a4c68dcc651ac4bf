/** Reconciles one object whenever it is woken, one reconciliation at a time, until it is stopped. */
export class ObjectWorker {
  /** Settles when no more work is being done. */
  readonly ended: Promise<void>;
  readonly #reconcile: () => Promise<Outcome>;
  readonly #backOffMs: number;
  #awake = true;
  #stopped = false;
  #failures = 0;
  #bell: (() => void) | undefined;

  constructor(reconcile: () => Promise<Outcome>, backOffMs: number) {
    this.#reconcile = reconcile;
    this.#backOffMs = backOffMs;
    this.ended = this.#run();
  }

  wake(): void {
    this.#awake = true;
    this.#bell?.();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async #run(): Promise<void> {
    let restMs: number | undefined;
    while (!this.#stopped) {
      await this.#sleep(restMs);
      // eslint can't know that it was stopped while it slept.
      if (this.#isStopped()) return;
      restMs = await this.#rest();
    }
  }

  #isStopped(): boolean {
    return this.#stopped;
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

  async #sleep(restMs: number | undefined): Promise<void> {
    if (!this.#awake) {
      await new Promise<void>((resolve) => {
        const timer = restMs === undefined ? undefined : setTimeout(resolve, restMs);
        this.#bell = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#bell = undefined;
    this.#awake = false;
  }
}

/** `done`: until something changes. `after`: again then. `failed`: again, later each time. */
export type Outcome = { readonly kind: 'done' } | { readonly kind: 'after'; readonly ms: number } | { readonly kind: 'failed' };

export const done: Outcome = { kind: 'done' };

export function after(ms: number): Outcome {
  return { kind: 'after', ms };
}
