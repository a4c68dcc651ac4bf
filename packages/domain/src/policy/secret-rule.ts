import type { Rule } from './rule.ts';

/** Whether a finding of the rule stands at a secret: then its line is nothing to show. */
export function isSecretRule(rule: Rule): boolean {
  return /^S\d\d$/.test(rule);
}
