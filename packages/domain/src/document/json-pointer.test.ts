import { describe, expect, it } from 'vitest';
import { jsonPointer, pathForPeople, saidOf } from './json-pointer.ts';

describe('a place in a document', () => {
  it.each([
    [[], '', ''],
    [['spec', 'checks', 0, 'name'], '/spec/checks/0/name', 'spec.checks[0].name'],
    [['platforms', 'linux/amd64'], '/platforms/linux~1amd64', 'platforms["linux/amd64"]'],
    [['a~b', ''], '/a~0b/', '["a~b"][""]'],
    [[0, 1], '/0/1', '[0][1]'],
  ])('%j has a form for programs and one for people', (path, pointer, text) => {
    expect(jsonPointer(path)).toBe(pointer);
    expect(pathForPeople(path)).toBe(text);
  });

  it('is named in what is said of it', () => {
    expect(saidOf(['a', 'b'], 'is missing')).toBe('a.b is missing');
    expect(saidOf(['a'], 'expected a map')).toBe('a: expected a map');
    expect(saidOf([], 'expected a map')).toBe('the document: expected a map');
  });
});
