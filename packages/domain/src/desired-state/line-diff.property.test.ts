import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const shown = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`)
    .join('\n');

describe('lineDiff', () => {
  it('shows what was taken away and put in, in its place', () => {
    expect(shown('a\nb\nc\nd', 'a\nx\nc\ny\nd')).toBe(' a\n-b\n+x\n c\n+y\n d');
  });

  it('gives both texts back, and nothing shorter than what they share', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);

        const side = (kind: 'removed' | 'added'): string =>
          lines
            .filter((line) => line.kind === 'same' || line.kind === kind)
            .map((line) => line.text)
            .join('\n');
        expect(side('removed')).toBe(before);
        expect(side('added')).toBe(after);
        expect(lines.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(before.split('\n'), after.split('\n')));
      }),
    );
  });

  it('shows a very large difference whole', () => {
    const before = Array.from({ length: 2_000 }, (_, index) => `a${String(index)}`).join('\n');

    expect(lineDiff(before, before.replaceAll('a', 'b')).filter(({ kind }) => kind === 'same')).toEqual([]);
  });
});

function longestCommon(one: readonly string[], other: readonly string[]): number {
  const [head, ...rest] = one;
  if (head === undefined || other.length === 0) return 0;
  const at = other.indexOf(head);
  const without = longestCommon(rest, other);
  return at === -1 ? without : Math.max(without, 1 + longestCommon(rest, other.slice(at + 1)));
}
