import { setTimeout as delay } from 'node:timers/promises';

/** Waits, or returns at once when everything ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}
