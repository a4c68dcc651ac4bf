import { since, unknown, type Judge } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { standingOfRevision, type FluxFacts } from './flux-facts.ts';
import { conditionOf } from './flux-state.ts';
import { lookedAt } from './looked-at.ts';

/** In order: what a Kustomization that calls itself ready has applied, and when. */
export const revisionJudges: readonly Judge<FluxFacts>[] = [judgeClosed, judgeAge, judgeApplied];

/** It is ready a moment before it says what it has applied. */
function judgeClosed({ seen: { lastApplied, lastAttempted } }: FluxFacts): DeliveryVerdict | undefined {
  if (lastAttempted === undefined) return unknown('status.lastAttemptedRevision', 'it does not say what it tried to apply');
  if (lastApplied === lastAttempted) return undefined;
  return { kind: 'in-progress', reason: `it tries ${lastAttempted}; applied is ${lastApplied ?? 'nothing'}` };
}

/** A controller that stands still changes no status; by twice its interval it should have looked again. */
function judgeAge({ seen, expected, now }: FluxFacts): DeliveryVerdict | undefined {
  const at = lookedAt(seen);
  if (at === undefined) return unknown('status.history[0].lastReconciled', 'it does not say when it last looked', { refresh: true });
  const ageMs = now.getTime() - Date.parse(at);
  const maxAgeMs = Math.max(expected.statusMaxAgeMs, 2 * (seen.settings.intervalMs ?? 0));
  if (Math.abs(ageMs) <= maxAgeMs) return undefined;
  const off = ageMs > 0 ? 'ago' : 'ahead of our clock';
  return { kind: 'stale', reason: `it last looked ${String(Math.round(Math.abs(ageMs) / 1000))} s ${off}`, refresh: true, since: at };
}

/** `Ready` may still be of the commit before, and commits between two looks never appear: only what was applied counts. */
function judgeApplied(facts: FluxFacts): DeliveryVerdict | undefined {
  const { expected, seen } = facts;
  const { containment, revision } = standingOfRevision(facts, seen.lastApplied);
  const from = since(conditionOf(seen, 'Ready')?.at);
  switch (containment) {
    case 'contains':
      return undefined;
    case 'differs':
      return {
        kind: 'superseded',
        reason: `it applied ${revision}, which has ${expected.commit} and newer inputs`,
        commit: revision,
        ...from,
      };
    case 'not-contained':
      return { kind: 'not-yet', reason: `it applied ${revision}, which does not have ${expected.commit}`, commit: revision, refresh: true };
    case 'diverged':
      return {
        kind: 'head-moved',
        reason: `it applied ${revision}, of another history than ${expected.commit}`,
        commit: revision,
        ...from,
      };
    case 'unknown':
      return unknown('status.lastAppliedRevision', `how ${revision} stands to ${expected.commit} is not known`, { commit: revision });
  }
}
