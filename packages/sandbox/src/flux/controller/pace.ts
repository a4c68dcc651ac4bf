import { textAt, type Json } from '../../json/json.ts';
import { parseGoDuration } from '../../kube/go-duration.ts';

/** How time passes for the controllers. */
export interface Pace {
  /** Between two looks at what a reconciliation waits for. Real: 5 s for health and dependencies, and 0.75 s before the first retry. */
  readonly pollMs: number;
  /** Intervals that objects declare are at most this long. */
  readonly maxIntervalMs: number;
  /** Time-outs that objects declare are at most this long, whatever messages say. */
  readonly maxTimeoutMs: number;
}

export function intervalMs({ maxIntervalMs }: Pace, declared: string): number {
  return Math.min(parseGoDuration(declared), maxIntervalMs);
}

/** A duration in an object's spec, in milliseconds. */
export function durationAt(object: Json, ...path: readonly string[]): number | undefined {
  const declared = textAt(object, ...path);
  return declared === undefined ? undefined : parseGoDuration(declared);
}
