import { describe, expect, it } from 'vitest';
import { memorySnapshot } from './memory-snapshot.ts';
import { wordOrder } from './render-order.ts';

const files = memorySnapshot({});

describe('wordOrder', () => {
  it('words two spellings of one path the same', () => {
    expect(wordOrder({ kind: 'kustomize', path: './a/../b/', files })).toEqual(wordOrder({ kind: 'kustomize', path: 'b', files }));
  });

  it('tells requests apart that render differently', () => {
    const chart = { kind: 'helm', path: 'c', files, releaseName: 'r', namespace: 'n' } as const;

    expect(wordOrder({ ...chart, values: { a: 1 } })).not.toEqual(wordOrder(chart));
    expect(wordOrder({ ...chart, includeCrds: true })).not.toEqual(wordOrder(chart));
  });

  it('refuses a path that leaves the root', () => {
    expect(wordOrder({ kind: 'kustomize', path: 'a/../..', files })).toEqual({
      kind: 'refused',
      code: 'outside-root',
      message: `'a/../..' is outside the readable root`,
    });
  });

  it('refuses a values file that leaves the root', () => {
    const order = wordOrder({ kind: 'helm', path: 'c', files, releaseName: 'r', namespace: 'n', valuesFiles: ['../v.yaml'] });

    expect(order).toMatchObject({ kind: 'refused', code: 'outside-root' });
  });

  it('refuses an absolute path', () => {
    expect(wordOrder({ kind: 'kustomize', path: '/etc', files })).toMatchObject({ kind: 'refused', code: 'bad-request' });
  });
});
