import type { Rule } from '@fairlead/domain';

/** Where it is written what a rule wants, why, and how to repair what it found. */
export function rulePage(rule: Rule): string {
  return `https://fairlead.dev/rules/${rule}`;
}
