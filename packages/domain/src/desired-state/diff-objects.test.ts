import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FreeValue } from '../document/free-form.ts';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { changeLines } from './change-lines.ts';
import { changedImages } from './container-images.ts';
import { diffObjects, removedObjects } from './diff-objects.ts';
import { diffValues } from './diff-values.ts';

function object(kind: string, name: string, rest: JsonObject = {}): JsonObject {
  return { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, metadata: { name, namespace: 'ns' }, ...rest };
}

function deployment(image: string, env: readonly JsonObject[] = []): JsonObject {
  return object('Deployment', 'api', { spec: { template: { spec: { containers: [{ name: 'api', image, env }] } } } });
}

describe('diffValues', () => {
  it.each<[string, readonly [Json, Json], readonly string[]]>([
    [
      'a field',
      [
        { a: 1, b: 2 },
        { a: 1, b: 3 },
      ],
      ['/b'],
    ],
    ['an added and a removed field', [{ a: 1 }, { b: 1 }], ['/a', '/b']],
    [
      'a named element',
      [
        [{ name: 'x', v: 1 }, { name: 'y' }],
        [{ name: 'y' }, { name: 'x', v: 2 }],
      ],
      ['[name=x]/v'],
    ],
    [
      'another order of named elements',
      [
        [{ name: 'x' }, { name: 'y' }],
        [{ name: 'y' }, { name: 'x' }],
      ],
      [''],
    ],
    [
      'an insertion by place',
      [
        ['a', 'b'],
        ['a', 'x', 'b'],
      ],
      ['/1'],
    ],
    ['elements that share a name', [[{ name: 'x' }, { name: 'x' }], [{ name: 'x' }]], ['/1']],
    ['a key with a slash', [{ 'a/b~c': 1 }, { 'a/b~c': 2 }], ['/a~1b~0c']],
    ['another type', [{ a: '1' }, { a: 1 }], ['/a']],
    [
      'nothing',
      [
        { a: [{ name: 'x' }], b: null },
        { b: null, a: [{ name: 'x' }] },
      ],
      [],
    ],
  ])('names %s', (_, [before, after], paths) => {
    expect(diffValues(before, after).map(({ path }) => path)).toEqual(paths);
  });

  it('finds nothing exactly where the values are equal', () => {
    const value = fc.jsonValue({ maxDepth: 3 }).map((text) => FreeValue.parse(JSON.parse(JSON.stringify(text))));
    fc.assert(
      fc.property(value, value, (one, other) => {
        const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

        expect(diffValues(one, other).length === 0).toBe(equal);
        expect(diffValues(one, one)).toEqual([]);
      }),
    );
  });
});

describe('diffObjects', () => {
  it('tells added, removed and changed objects by field', () => {
    const before = [deployment('x@1'), object('Service', 'old')];
    const after = [object('Service', 'new'), deployment('x@2')];

    expect(changeLines(diffObjects(before, after))).toEqual([
      '+ Service ns/new',
      '- Service ns/old',
      '~ Deployment ns/api',
      '    /spec/template/spec/containers[name=api]/image: x@1 → x@2',
    ]);
  });

  it('knows the successor that a generator made, and what has to be deleted for it', () => {
    const before = [object('ConfigMap', 'env-2456789bcd', { data: { A: '1' } }), object('Service', 'gone')];
    const after = [object('ConfigMap', 'env-fghkmt2456', { data: { A: '2' } })];
    const changes = diffObjects(before, after);

    expect(changeLines(changes)).toEqual(['~ ConfigMap ns/env-2456789bcd → env-fghkmt2456', '    /data/A: 1 → 2', '- Service ns/gone']);
    expect(removedObjects(changes).map(({ name }) => name)).toEqual(['env-2456789bcd', 'gone']);
  });

  it('does not guess among several generations', () => {
    const before = [object('ConfigMap', 'env-2456789bcd'), object('ConfigMap', 'env-bbbbbbbbbb')];
    const after = [object('ConfigMap', 'env-fghkmt2456')];

    expect(diffObjects(before, after).map(({ kind }) => kind)).toEqual(['removed', 'removed', 'added']);
  });

  it('takes no other kind and no other suffix for a successor', () => {
    const before = [object('Deployment', 'api-2456789bcd'), object('ConfigMap', 'env-aaaaaaaaaa')];
    const after = [object('Deployment', 'api-fghkmt2456'), object('ConfigMap', 'env-eeeeeeeeee')];

    expect(diffObjects(before, after).map(({ kind }) => kind)).not.toContain('succeeded');
  });

  it('never shows the values of a Secret', () => {
    const before = [object('Secret', 's', { data: { a: 'aGVsbG8=', b: 'eA==' }, type: 'Opaque' })];
    const after = [object('Secret', 's', { data: { a: 'd29ybGQ=' }, stringData: { c: 'plain' }, type: 'Opaque' })];
    const lines = changeLines(diffObjects(before, after)).join('\n');

    expect(lines).toContain('/data/a: "(hidden)" → "(hidden)"');
    expect(lines).not.toMatch(/aGVsbG8|d29ybGQ|eA==|plain/);
  });

  it('never shows the copy of an object that an annotation holds', () => {
    const copy = (kind: string, text: string): JsonObject => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: 's', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': text } },
    });
    const lines = ['Secret', 'ConfigMap'].flatMap((kind) => changeLines(diffObjects([copy(kind, 'hunter2')], [copy(kind, 'hunter3')])));

    expect(lines.join('\n')).not.toContain('hunter');
    expect(lines.filter((line) => line.includes('(hidden)'))).toHaveLength(2);
  });

  it('hides what looks like a secret in any object, and still says that it changed', () => {
    const config = (value: string): JsonObject =>
      object('ConfigMap', 'c', { data: { DB_PASSWORD: value, f: `a: 1\npassword: ${value}\n` } });

    const lines = changeLines(diffObjects([config('Zork8899')], [config('Zork9911')]));

    expect(lines).toEqual(['~ ConfigMap ns/c', '    /data/DB_PASSWORD: "(hidden)" → "(hidden)"', '    /data/f: "(hidden)" → "(hidden)"']);
  });

  it('shows long texts by line', () => {
    const text = (value: string): JsonObject => object('ConfigMap', 'c', { data: { f: `one\ntwo\nthree\n${value}\nfive\n` } });

    expect(changeLines(diffObjects([text('4')], [text('four')]))).toEqual([
      '~ ConfigMap ns/c',
      '    /data/f:',
      '        three',
      '      - 4',
      '      + four',
      '        five',
    ]);
  });

  it('compares across versions of an API', () => {
    const before = [{ ...object('Deployment', 'api'), apiVersion: 'apps/v1beta1' }];

    expect(changeLines(diffObjects(before, [object('Deployment', 'api')]))).toEqual([
      '~ Deployment ns/api',
      '    /apiVersion: apps/v1beta1 → apps/v1',
    ]);
  });
});

describe('changedImages', () => {
  it('names the containers whose image changes, comes or goes', () => {
    const job = object('CronJob', 'j', {
      spec: { jobTemplate: { spec: { template: { spec: { initContainers: [{ name: 'i', image: 'y' }] } } } } },
    });

    expect(changedImages([deployment('x@1'), job], [deployment('x@2')])).toEqual([
      expect.objectContaining({ container: 'i', before: 'y' }),
      expect.objectContaining({ container: 'api', before: 'x@1', after: 'x@2' }),
    ]);
    expect(changedImages([job], [job])).toEqual([]);
  });
});

/** Without the order of keys. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
