export interface DispatcherOptions<Id> {
  readonly handle: (id: Id) => Promise<unknown>;
  readonly concurrency: number;
  readonly onError: (error: unknown, id: Id) => void;
}

/** Handles ids, a few at once, each at most once at a time. An id that comes while it is handled is handled again afterwards: what it is about may have been read before. */
export class Dispatcher<Id> {
  readonly #options: DispatcherOptions<Id>;
  readonly #waiting = new Set<Id>();
  readonly #running = new Map<Id, Promise<void>>();
  #stopped = false;

  constructor(options: DispatcherOptions<Id>) {
    this.#options = options;
  }

  add(id: Id): void {
    if (this.#stopped) return;
    this.#waiting.add(id);
    this.#pump();
  }

  #pump(): void {
    for (const id of this.#waiting) {
      if (this.#running.size >= this.#options.concurrency) return;
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      this.#running.set(id, this.#run(id));
    }
  }

  async #run(id: Id): Promise<void> {
    try {
      await this.#options.handle(id);
    } catch (error) {
      this.#options.onError(error, id);
    }
    this.#running.delete(id);
    this.#pump();
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }
}
