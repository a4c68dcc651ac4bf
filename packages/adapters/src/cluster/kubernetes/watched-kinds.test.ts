import type { ServedKind } from '@fairlead/engine';
import { describe, expect, it } from 'vitest';
import { selectKinds } from './watched-kinds.ts';

function served(group: string, kind: string, rest: Partial<ServedKind> = {}): ServedKind {
  return { group, version: 'v1', kind, resource: 'x', namespaced: true, verbs: ['list', 'watch'], custom: false, ...rest };
}

const kinds = [
  served('', 'ConfigMap'),
  served('', 'Secret'),
  served('', 'Event'),
  served('', 'Node', { namespaced: false }),
  served('', 'Binding', { verbs: ['create'] }),
  served('coordination.k8s.io', 'Lease'),
  served('shop.example.com', 'Lease', { custom: true }),
];
const need = ['list', 'watch'];

describe('the kinds of a scope', () => {
  it('are all that live in a namespace and can be watched, but for those that churn or are secret', () => {
    const { kinds: selected, unserved } = selectKinds({}, kinds, need);

    expect(selected.map(({ group, kind }) => `${group}/${kind}`)).toEqual(['/ConfigMap', 'shop.example.com/Lease']);
    expect(unserved).toEqual([]);
  });

  it('are the named ones, whatever they are', () => {
    const named = ['Secret', 'Event', 'Node'].map((kind) => ({ group: '', kind }));

    expect(selectKinds({ kinds: named }, kinds, need).kinds.map(({ kind }) => kind)).toEqual(['Secret', 'Event', 'Node']);
  });

  it('are said to be unserved where they are, or can not be watched', () => {
    const named = [
      { group: '', kind: 'Binding' },
      { group: 'away.example.com', kind: 'Widget' },
    ];

    expect(selectKinds({ kinds: named }, kinds, need)).toEqual({ kinds: [], unserved: named });
  });
});
