import { setTimeout as pause } from 'node:timers/promises';

export interface Looking {
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
  readonly everyMs?: number;
}

const patienceMs = 30_000;

/** Looks again and again, until it is enough. Gives the last look in any case: what never comes is an expectation that did not hold, not a hang. */
export async function lookUntil<T>(
  { checkpoint, everyMs = 100 }: Looking,
  look: () => Promise<T>,
  enough: (seen: T) => boolean,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    checkpoint();
    const seen = await look();
    if (enough(seen) || performance.now() > until) return seen;
    await pause(everyMs);
  }
}
