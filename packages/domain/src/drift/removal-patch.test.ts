import { describe, expect, it } from 'vitest';
import { removalPatch } from './removal-patch.ts';

const live = {
  metadata: { resourceVersion: '42', labels: { 'a/b': 'c' } },
  spec: {
    template: {
      spec: {
        containers: [
          {
            name: 'web',
            env: [
              { name: 'MODE', value: 'x' },
              { name: 'EXTRA', value: 'y' },
            ],
            args: ['a', 'b'],
          },
          { name: 'debug', image: 'busybox' },
          { name: 'spy', image: 'busybox' },
        ],
      },
    },
  },
};
const containers = '/spec/template/spec/containers';
const added = (path: string) => ({ class: 'added-field' as const, path });
const paths = (...items: readonly string[]) => removalPatch(live, items.map(added)).map(({ path }) => path);

describe('removalPatch', () => {
  it('takes a field away, of this version of the object alone', () => {
    expect(removalPatch(live, [added(`${containers}/[name=debug]`)])).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '42' },
      { op: 'remove', path: `${containers}/1` },
    ]);
  });

  it('takes away a key of a map that is a number', () => {
    const map = { metadata: { resourceVersion: '1' }, data: { '8080': 'x', a: 'y' } };

    expect(removalPatch(map, [added('/data/8080')]).map(({ path }) => path)).toEqual(['/metadata/resourceVersion', '/data/8080']);
  });

  it('takes the last of a list first, and nothing inside of what goes', () => {
    expect(paths(`${containers}/[name=debug]`, `${containers}/[name=spy]`, `${containers}/[name=debug]/image`)).toEqual([
      '/metadata/resourceVersion',
      `${containers}/2`,
      `${containers}/1`,
    ]);
  });

  it.each([
    ['/metadata/labels/a~1b', '/metadata/labels/a~1b'],
    [`${containers}/[name=web]/env/[name=EXTRA]`, `${containers}/0/env/1`],
    [`${containers}/[name=web]/args/1`, `${containers}/0/args/1`],
    [`${containers}/[name=web]/args/[=a]`, `${containers}/0/args/0`],
  ])('finds %s', (path, pointer) => {
    expect(paths(path)).toEqual(['/metadata/resourceVersion', pointer]);
  });

  it('does nothing where it is gone already, or was changed and not added', () => {
    expect(paths('/metadata/labels/gone', `${containers}/[name=other]`)).toEqual([]);
    expect(removalPatch(live, [{ class: 'changed', path: `${containers}/[name=debug]` }])).toEqual([]);
  });
});
