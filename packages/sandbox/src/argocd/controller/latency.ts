import { setTimeout as delay } from 'node:timers/promises';

/** How long the steps of a sync take. The real controller takes about a second to the first comparison and half a second to sync. */
export interface Latency {
  readonly compareMs: number;
  readonly pickUpMs: number;
  readonly syncMs: number;
  /** From the end of an operation to the comparison that sees its effect, and from that to the one that moves `reconciledAt`. */
  readonly settleMs: number;
  /** From a change of a live object to the comparison that it causes. */
  readonly reactMs: number;
}

export function latencyOf(baseMs: number): Latency {
  return { compareMs: baseMs, pickUpMs: baseMs / 10, syncMs: baseMs * 3, settleMs: baseMs / 2, reactMs: baseMs };
}

/** Waits, or returns at once when everything ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}
