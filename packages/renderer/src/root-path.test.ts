import { describe, expect, it } from 'vitest';
import { rootPath } from './root-path.ts';

describe('rootPath', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['a/b', 'a/b'],
    ['./a//b/', 'a/b'],
    ['a/../b', 'b'],
    ['a/..', ''],
    ['...', '...'],
  ])('resolves %j to %j', (text, path) => {
    expect(rootPath(text)).toEqual({ kind: 'inside', path });
  });

  it.each(['..', '../a', 'a/../../a', 'a/b/../../..'])('calls %j outside', (text) => {
    expect(rootPath(text)).toEqual({ kind: 'outside' });
  });

  it.each(['/', '/a', 'a\0b'])('calls %j malformed', (text) => {
    expect(rootPath(text)).toEqual({ kind: 'malformed' });
  });
});
