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
