import type { Blocker } from '../blocker/blocker.ts';
import { controllerKind, type Controller } from '../delivery/delivery-target.ts';
import type { PhaseFact, RenderCheck, TargetFact } from './stage-facts.ts';
import type { Promotion } from './promotion.ts';

/** Why the merge, tried or made, isn't what was approved. */
export function blockersOfMerge(stage: 'test-merge' | 'merged', check: RenderCheck, now: Date): readonly Blocker[] {
  const since = now.toISOString();
  const common = { gate: 'merge', since, expected: 'the merge renders to the approved digest', who: ['promoter'] } as const;
  switch (check.kind) {
    case 'matches':
      return [];
    case 'differs':
      return [
        {
          ...common,
          code: `${stage}-differs`,
          message:
            stage === 'merged'
              ? 'the merge commit renders to something else than was approved'
              : 'merging now would render to something else than was approved',
          observed: check.digest,
          fix: 'start a new promotion from the present head, so that people see and approve what would run',
        },
      ];
    case 'conflict':
      return [
        {
          ...common,
          code: 'merge-conflict',
          message: `the change conflicts with its base in ${check.paths.slice(0, 3).join(', ')}`,
          fix: 'start a new promotion from the present head',
        },
      ];
    case 'not-renderable':
      return [
        {
          ...common,
          code: `${stage}-not-renderable`,
          message: `the merge does not render: ${check.reason}`,
          fix: 'repair the overlay on the base branch',
        },
      ];
  }
}

/** What was merged is synced all the same where nobody has to ask for it: then only another merge helps. */
export function afterTheFact(blocker: Blocker): Blocker {
  return {
    ...blocker,
    message: `${blocker.message}; its controller syncs what is merged, so it runs, or will`,
    who: [...new Set([...blocker.who, 'operator'])],
    fix: 'revert the merge on the protected branch, then promote again',
  };
}

/** Targets that don't have the commit yet, in the order in which they are delivered. */
export function blockersOfDelivery(promotion: Promotion, waiting: readonly TargetFact[], now: Date): readonly Blocker[] {
  return waiting.map(({ target, requestedAt, verdict }) => ({
    gate: 'delivery',
    code: `delivery-${verdict.kind}`,
    message: `${target.name} on ${target.cluster}: ${verdict.reason}`,
    since: verdict.since ?? requestedAt ?? now.toISOString(),
    expected: `delivered ${promotion.mergeCommit ?? promotion.release.commit}`,
    observed: verdict.kind,
    who: ['operator'],
    fix:
      fixOfDelivery[target.controller][verdict.kind] ??
      `look at the ${controllerKind[target.controller]} ${target.name} in namespace ${target.namespace}`,
  }));
}

const fixOfEither: Readonly<Record<string, string>> = {
  'in-progress': 'wait: the controller is at work',
  'not-yet': 'wait: the controller has not taken the commit up',
  superseded: 'promote again: the branch has newer inputs',
  'head-moved': 'promote again: the branch has newer inputs than this commit',
};

const fixOfDelivery: Readonly<Record<Controller, Readonly<Record<string, string>>>> = {
  argocd: {
    ...fixOfEither,
    blocked: 'wait for the sync window to open, or change it on the AppProject',
    suspended: 'resume the suspended workload',
  },
  flux: {
    ...fixOfEither,
    blocked: 'wait for what it depends on, or repair that',
    suspended: 'resume what is suspended, a Kustomization by fairlead environment resume: nothing is applied until then',
  },
};

export function blockersOfPhases(failed: readonly PhaseFact[], now: Date): readonly Blocker[] {
  return failed.map(({ name, run }) => ({
    gate: 'validation',
    code: 'validation-failed',
    message: `validation phase ${name} failed in attempt ${String(run?.attempt ?? 0)}: ${failedChecks(run)}`,
    since: run?.finishedAt ?? now.toISOString(),
    expected: `phase ${name} passed on this revision`,
    observed: 'failed',
    who: ['promoter', 'operator'],
    fix: `repair the cause, then: fairlead validation rerun ${name}`,
  }));
}

function failedChecks(run: PhaseFact['run']): string {
  const failed = (run?.checks ?? []).filter(({ verdict }) => verdict !== 'passed');
  return failed.map(({ name, observed }) => `${name}: ${observed}`).join('; ') || 'no check reported';
}
