import { describe, expect, it } from 'vitest';
import { jsonPointer } from '../document/json-pointer.ts';
import { readManifestFile } from './manifest-file.ts';
import type { ManifestLeaf } from './manifest-leaf.ts';

function leavesOf(text: string): readonly ManifestLeaf[] {
  const read = readManifestFile(text, 'f.yaml');
  if (read.kind === 'unparsable') throw new Error(read.problem.message);
  return read.documents.flatMap(({ leaves }) => leaves);
}

const shown = (text: string): readonly string[] =>
  leavesOf(text).map(
    ({ path, value, key, at }) =>
      `${String(key.line)}:${String(key.column)} ${jsonPointer(path)} ${String(at.line)}:${String(at.column)} ${JSON.stringify(value)}`,
  );

describe('readManifestFile', () => {
  it('says where each leaf and its name stand, in every document', () => {
    expect(shown('a: 1\nb:\n  - c: x\n---\nd: "y"\n')).toEqual(['1:1 /a 1:4 1', '3:5 /b/0/c 3:8 "x"', '5:1 /d 5:4 "y"']);
  });

  it('reads JSON', () => {
    expect(shown('{"a": {"b": [true, null]}}')).toEqual(['1:14 /a/b/0 1:14 true', '1:20 /a/b/1 1:20 null']);
  });

  it('keeps both values of a name that is given twice', () => {
    expect(shown('a: 1\na: 2\n')).toEqual(['1:1 /a 1:4 1', '2:1 /a 2:4 2']);
  });

  it('writes aliases and merge keys out, at the place of the value', () => {
    expect(shown('one: &x { p: q }\ntwo: *x\nthree:\n  <<: *x\nfour:\n  <<: [*x]\n')).toEqual([
      '1:11 /one/p 1:14 "q"',
      '1:11 /two/p 1:14 "q"',
      '1:11 /three/p 1:14 "q"',
      '1:11 /four/p 1:14 "q"',
    ]);
  });

  it('reads a tagged scalar as its text', () => {
    expect(leavesOf('a: !!binary aGk=\n')).toMatchObject([{ value: 'aGk=' }]);
  });

  it('skips documents that hold nothing', () => {
    expect(leavesOf('---\n# nothing\n---\na: 1\n')).toHaveLength(1);
  });

  it.each([
    ['a: [1,\nb: 2\n', 2],
    ['a: 1\n\tb: 2\n', 2],
    ['{"a": 1', 1],
    ['- a\nb: secret\n', 2],
  ])('names the line of the first fault in %j', (text, line) => {
    expect(readManifestFile(text, 'f.yaml')).toMatchObject({ kind: 'unparsable', problem: { file: 'f.yaml', line } });
  });

  it('never quotes the file in a fault', () => {
    const read = readManifestFile('- a\nb: hunter2\n', 'f.yaml');

    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it.each([
    ['an alias of itself', 'a: &a [*a]\n'],
    ['a merge of itself', 'a: &a\n  <<: *a\n  b: 1\n'],
    [
      'aliases of aliases',
      `a0: &a0 [1, 1]\n${Array.from({ length: 30 }, (_, n) => `a${String(n + 1)}: &a${String(n + 1)} [*a${String(n)}, *a${String(n)}]\n`).join('')}`,
    ],
    ['deep nesting', `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`],
  ])('refuses %s instead of growing', (_, text) => {
    expect(readManifestFile(text, 'f.yaml').kind).toBe('unparsable');
  });
});
