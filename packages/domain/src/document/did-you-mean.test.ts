import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance } from './did-you-mean.ts';

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['commit', 'commit', 0],
    ['comit', 'commit', 1],
    ['commmit', 'commit', 1],
    ['cammit', 'commit', 1],
    ['ocmmit', 'commit', 1],
    ['tier', 'path', 4],
    ['a'.repeat(65), 'a'.repeat(65), 0],
    ['a'.repeat(65), 'a', Infinity],
    ['a', 'a'.repeat(65), Infinity],
  ])('%j to %j is %d', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
  });
});

describe('a misspelt word', () => {
  it.each([
    ['comit', 'commit'],
    ['Commit', 'commit'],
    ['createdat', 'createdAt'],
    ['reposotiry', 'repository'],
    ['comp', undefined],
    ['x', undefined],
  ])('%s: %s', (word, meant) => {
    expect(didYouMean(word, ['repository', 'commit', 'ref', 'createdAt'])).toBe(meant);
  });

  it('is the nearest of several', () => {
    expect(didYouMean('names', ['name', 'names2', 'games', 'namex'])).toBe('name');
    expect(didYouMean('name', [])).toBeUndefined();
  });
});
