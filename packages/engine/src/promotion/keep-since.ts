import type { Blocker } from '@fairlead/domain';

/** A blocker that was there already began when it was first seen. */
export function keepSince(before: readonly Blocker[], after: readonly Blocker[]): readonly Blocker[] {
  return after.map((blocker) => {
    const known = before.find(({ gate, code }) => gate === blocker.gate && code === blocker.code);
    return known === undefined ? blocker : { ...blocker, since: known.since };
  });
}
