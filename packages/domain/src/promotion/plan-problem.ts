import type { Blocker } from '../blocker/blocker.ts';
import type { RepoPath } from '../document/repo-path.ts';

export type PlanProblemCode =
  | 'overlay-missing'
  | 'reference-not-editable'
  | 'image-ambiguous'
  | 'images-not-editable'
  | 'manifest-differs'
  | 'base-missing'
  | 'base-absent'
  | 'base-differs'
  | 'before-not-renderable'
  | 'after-not-renderable';

/** Why no plan can be made. */
export interface PlanProblem {
  readonly code: PlanProblemCode;
  readonly path: RepoPath;
  readonly message: string;
  readonly fix: string;
}

export function problem(
  code: PlanProblemCode,
  what: Omit<PlanProblem, 'code'>,
): { readonly edits: readonly []; readonly problems: readonly [PlanProblem] } {
  return { edits: [], problems: [{ code, ...what }] };
}

/** The problem as everybody sees it. */
export function problemBlocker({ code, message, fix }: PlanProblem, at: Date): Blocker {
  const expected = 'the edits follow from the release and the files';
  return { gate: 'plan', code, message, since: at.toISOString(), expected, who: ['promoter'], fix };
}
