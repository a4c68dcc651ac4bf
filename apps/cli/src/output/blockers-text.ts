import type { Blocker } from '@fairlead/domain';
import { visibleText } from './visible-text.ts';

/** Why something is refused, and what to do, for people. */
export function blockersText(blockers: readonly Blocker[]): string {
  return blockers
    .map(({ gate, code, message, expected, observed, fix }) =>
      [
        `  ${gate}: ${message} (${code})`,
        `    expected: ${expected}`,
        ...(observed === undefined ? [] : [`    observed: ${observed}`]),
        `    fix: ${fix}`,
      ]
        .map(visibleText)
        .join('\n'),
    )
    .join('\n');
}
