import { z } from 'zod';
import type { FreeMap } from '../document/free-form.ts';
import type { TargetObservation } from './target-observation.ts';

/** The lease of the one process that watches a cluster. */
export function observerLease(cluster: string): string {
  return `observer/${cluster}`;
}

/** By environment and target: when every watch of it was last heard of. Its holder notes it with each renewal, for all of its targets in one row. */
export const ObserverNotes = z.object({ fresh: z.record(z.string(), z.string()).default({}) });
export type ObserverNotes = z.infer<typeof ObserverNotes>;

type OfTarget = Pick<TargetObservation, 'environment' | 'target'>;

/** Under which name a target stands in the notes. */
export function noteName({ environment, target }: OfTarget): string {
  return `${environment} ${target}`;
}

/** What the notes say of a target; `undefined` where nothing. */
export function freshAt(notes: FreeMap, target: OfTarget): string | undefined {
  const read = ObserverNotes.safeParse(notes);
  return read.success ? read.data.fresh[noteName(target)] : undefined;
}
