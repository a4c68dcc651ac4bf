/** Does the work unless it was begun, and done, at most `maxAgeMs` ago. */
export function whenStale(work: () => Promise<void>): (freshness?: { readonly maxAgeMs?: number }) => Promise<void> {
  let doneSince = Number.NEGATIVE_INFINITY;
  return async ({ maxAgeMs = 0 } = {}) => {
    if (performance.now() - doneSince < maxAgeMs) return;
    const startedAt = performance.now();
    await work();
    doneSince = Math.max(doneSince, startedAt);
  };
}
