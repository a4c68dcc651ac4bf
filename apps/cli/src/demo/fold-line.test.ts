import { describe, expect, it } from 'vitest';
import { foldLine } from './fold-line.ts';

describe('foldLine', () => {
  it('leaves a line that has room as it is', () => {
    expect(foldLine('  ok   archive', 14)).toEqual(['  ok   archive']);
  });

  it('breaks between words and puts the rest two further in', () => {
    expect(foldLine('  one two three four', 11)).toEqual(['  one two', '    three', '    four']);
  });

  it('keeps a word whole that is wider than the page', () => {
    expect(foldLine('see sha256:0123456789abcdef here', 10)).toEqual(['see', '  sha256:0123456789abcdef', '  here']);
  });

  it('ends with a line that is nothing but one word', () => {
    expect(foldLine('  sha256:0123456789abcdef', 10)).toEqual(['  sha256:0123456789abcdef']);
  });
});
