import { z } from 'zod';

export const FindingSeverity = z.enum(['error', 'warning', 'info']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

/** What a rule is, before it judged anything. Why it is, an example and the fix stand in `docs/rules/<id>.md`. */
export interface RuleDefinition {
  readonly severity: FindingSeverity;
  /** What it demands, as a sentence without a full stop. */
  readonly demands: string;
}

/** What `check` judges; each has a stable name. */
export const rules = {
  'document-unparsable': { severity: 'error', demands: 'a file that environments are made of can be parsed' },
  'document-invalid': { severity: 'error', demands: 'a document of Fairlead holds what its schema says' },
  'release-ref-invalid': { severity: 'error', demands: 'a release reference names exactly one release' },
  'release-unknown': { severity: 'error', demands: 'the manifest of a referenced release is there' },
  'release-digest-mismatch': { severity: 'error', demands: 'a manifest has the digest by which it is named' },
  'image-not-pinned': { severity: 'error', demands: 'an image is fixed by its digest' },
  'image-not-in-release': { severity: 'error', demands: 'an image is the one of the release' },
  'image-ambiguous': { severity: 'error', demands: 'one entry decides on an image' },
  'render-failed': { severity: 'error', demands: 'an environment renders offline' },
  'remote-base': { severity: 'error', demands: 'everything that is rendered lies in the repository' },
  S01: { severity: 'error', demands: 'no Secret holds a value in clear' },
} as const satisfies Readonly<Record<string, RuleDefinition>>;

export type Rule = keyof typeof rules;

export const Rule = z.enum(ruleNames());

function ruleNames(): readonly [Rule, ...Rule[]] {
  const [first, ...others] = Object.keys(rules).filter(isRule);
  if (first === undefined) throw new Error('there are no rules');
  return [first, ...others];
}

export function isRule(name: string): name is Rule {
  return Object.hasOwn(rules, name);
}
