import type { ObjectPattern } from './object-pattern.ts';
import type { PathPattern } from './path-pattern.ts';

/** What a difference counts for nothing by; it is still found, shown and counted. */
export interface IgnoreRule {
  /** Shown with what it ignores: `argocd ignoreDifferences[0]`. */
  readonly name: string;
  readonly object: ObjectPattern;
  /** Everything at and below these; without any, and without managers: the whole object. */
  readonly paths: readonly PathPattern[];
  /** What these field managers wrote. */
  readonly managers: readonly string[];
}

/** A rule, or a part of one, that we can't follow. It ignores nothing, and is said. */
export interface IgnoreProblem {
  readonly rule: string;
  readonly message: string;
}

export interface ReadIgnoreRules {
  readonly rules: readonly IgnoreRule[];
  readonly problems: readonly IgnoreProblem[];
}
