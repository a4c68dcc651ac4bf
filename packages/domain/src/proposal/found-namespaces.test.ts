import { expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { foundNamespaces } from './found-namespaces.ts';

function map(name: string, namespace?: string): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

it('delivers to the namespace that most objects name', () => {
  const objects = [map('a', 'edge'), map('b', 'shop'), map('c', 'shop'), map('d')];

  expect(foundNamespaces(objects, 'other')).toEqual({ destination: 'shop', all: ['edge', 'shop'], brought: [] });
});

it('delivers to a namespace that the objects bring along where none is named', () => {
  expect(foundNamespaces([map('a'), shop], 'other')).toEqual({ destination: 'shop', all: ['shop'], brought: ['shop'] });
});

it('delivers elsewhere where nothing is said', () => {
  expect(foundNamespaces([map('a')], 'other')).toEqual({ destination: 'other', all: ['other'], brought: [] });
});
