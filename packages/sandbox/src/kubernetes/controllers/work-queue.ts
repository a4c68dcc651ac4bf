/** Keys to look at, each once, each when it is due. Fires by timers, so a disposed queue leaves none. */
export class WorkQueue {
  readonly #work: (key: string) => void;
  readonly #waiting = new Map<string, { readonly dueMs: number; readonly timer: NodeJS.Timeout }>();
  #closed = false;

  constructor(work: (key: string) => void) {
    this.#work = work;
  }

  /** A key that is already due sooner stays as it is. */
  add(key: string, delayMs: number): void {
    if (this.#closed) return;
    const dueMs = performance.now() + delayMs;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined && waiting.dueMs <= dueMs) return;
    clearTimeout(waiting?.timer);
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      this.#work(key);
    }, delayMs);
    this.#waiting.set(key, { dueMs, timer });
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
