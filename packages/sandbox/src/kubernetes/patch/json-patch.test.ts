import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { jsonPatch, JsonPatchError } from './json-patch.ts';

const document = { list: ['a', 'b'], map: { 'x/y': 1, 'm~n': 2 } };

describe('jsonPatch', () => {
  it('adds into and at the end of a list', () => {
    const operations = [
      { op: 'add', path: '/list/1', value: 'between' },
      { op: 'add', path: '/list/-', value: 'last' },
    ];

    expect(jsonPatch(document, operations)).toEqual({ ...document, list: ['a', 'between', 'b', 'last'] });
  });

  it('reads escaped pointers', () => {
    const operations = [
      { op: 'replace', path: '/map/x~1y', value: 3 },
      { op: 'remove', path: '/map/m~0n' },
    ];

    expect(jsonPatch(document, operations)).toEqual({ ...document, map: { 'x/y': 3 } });
  });

  it('moves and copies', () => {
    const operations = [
      { op: 'copy', from: '/list/0', path: '/list/-' },
      { op: 'move', from: '/list/0', path: '/first' },
    ];

    expect(jsonPatch(document, operations)).toEqual({ ...document, list: ['b', 'a'], first: 'a' });
  });

  it('replaces the whole document by an empty pointer', () => {
    expect(jsonPatch(document, [{ op: 'add', path: '', value: { only: 1 } }])).toEqual({ only: 1 });
  });

  it.each<readonly [string, Json]>([
    ['tests what is not so', { op: 'test', path: '/list/0', value: 'z' }],
    ['removes what is not there', { op: 'remove', path: '/map/none' }],
    ['replaces what is not there', { op: 'replace', path: '/map/none', value: 1 }],
    ['goes past the end of a list', { op: 'add', path: '/list/3', value: 1 }],
    ['counts with leading zeros', { op: 'replace', path: '/list/01', value: 1 }],
    ['goes through a text', { op: 'add', path: '/list/0/x', value: 1 }],
    ['is unknown', { op: 'merge', path: '/map', value: {} }],
    ['has no pointer', { op: 'add', path: 'map', value: {} }],
    ['is no object', 'add'],
  ])('refuses an operation that %s', (_case, operation) => {
    expect(() => jsonPatch(document, [operation])).toThrow(JsonPatchError);
  });
});
