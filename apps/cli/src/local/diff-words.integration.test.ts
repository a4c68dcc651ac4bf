import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffWords, oneOf } from './diff-words.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairlead-words-'));
  mkdirSync(join(folder, 'envs/prod'), { recursive: true });
  mkdirSync(join(folder, 'main'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('diffWords', () => {
  it.each([
    [[], {}],
    [['envs/prod'], { path: 'envs/prod' }],
    [['..'], { path: '..' }],
    [['./gone'], { path: './gone' }],
    [['v1..v2'], { range: 'v1..v2' }],
    [['main...HEAD', 'envs'], { range: 'main...HEAD', path: 'envs' }],
    [['HEAD~2'], { base: 'HEAD~2' }],
    [['main'], { path: 'main' }],
    [['main', '.'], { base: 'main', path: '.' }],
  ])('takes %j as %j', async (words, meant) => {
    expect(await diffWords(folder, words)).toEqual(meant);
  });

  it('refuses two answers to one question', () => {
    expect(oneOf('a..b', undefined, '--range')).toBe('a..b');
    expect(() => oneOf('a', 'b', '--base')).toThrow('a and --base b both say what to compare');
  });
});
