/** The longest that a timer can: a longer one would ring at once. */
const longestMs = 2 ** 31 - 1;

/** Sleep that can be cut short, also before it begins: a ring while nobody sleeps is not lost. */
export class Waker {
  #isAwake = true;
  #bell: (() => void) | undefined;

  ring(): void {
    this.#isAwake = true;
    this.#bell?.();
  }

  /** Until the next ring, or for this long. Returns at once if it rang since the last sleep, and the first time. */
  async sleep(restMs: number | undefined): Promise<void> {
    if (!this.#isAwake) {
      await new Promise<void>((resolve) => {
        const timer = restMs === undefined ? undefined : setTimeout(resolve, Math.min(restMs, longestMs));
        this.#bell = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#bell = undefined;
    this.#isAwake = false;
  }
}
