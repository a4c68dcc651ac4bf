import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchRef } from './branch-ref.ts';

describe('branchRef', () => {
  it('takes what git takes, apart from names that git reads as options or as HEAD', () => {
    const part = fc.constantFrom(
      'a',
      'B',
      '1',
      '.',
      '/',
      '-',
      '_',
      '.lock',
      '..',
      '@',
      '@{',
      '~',
      '^',
      ':',
      ' ',
      '\\',
      '*',
      '[',
      '?',
      'é',
      '\u007f',
    );
    const names = fc.sample(
      fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
      { numRuns: 120, seed: 1 },
    );

    for (const name of names) {
      const byGit = spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status === 0 && !name.startsWith('-');
      expect({ name, taken: isTaken(name) }).toEqual({ name, taken: byGit });
    }
  });
});

function isTaken(name: string): boolean {
  try {
    return branchRef(name) === `refs/heads/${name}`;
  } catch {
    return false;
  }
}
