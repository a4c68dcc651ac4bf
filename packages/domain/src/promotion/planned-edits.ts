import type { Edit } from '../desired-state/edit.ts';
import type { RepoPath } from '../document/repo-path.ts';
import type { PlanProblem } from './plan-problem.ts';

/** A file's path and, where it is there, its text with any byte order mark, as it is at the plan's base. */
export interface BaseText {
  readonly path: RepoPath;
  readonly text?: string;
}

export interface PlannedEdits {
  readonly edits: readonly Edit[];
  /** With any of these nothing is edited. */
  readonly problems: readonly PlanProblem[];
}
