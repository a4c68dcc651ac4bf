import type { JsonObject } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { publishedIn, schemasOf } from './custom-schemas.ts';

const schema = { type: 'object', properties: {} };

function definition(versions: JsonObject['versions'] = [{ name: 'v1', served: true, schema: { openAPIV3Schema: schema } }]): JsonObject {
  return { spec: { group: 'shop.example.com', names: { kind: 'Widget' }, versions: versions ?? null } };
}

describe('schemas of a definition', () => {
  it('are those of the versions that are served', () => {
    const versions = [
      { name: 'v1', served: true, schema: { openAPIV3Schema: schema } },
      { name: 'v0', served: false, schema: { openAPIV3Schema: schema } },
    ];

    expect(schemasOf(definition(versions))).toEqual([['shop.example.com/v1/Widget', schema]]);
  });

  it.each<[string, JsonObject]>([
    ['no spec', {}],
    ['a spec that is a text', { spec: 'x' }],
    ['a group that is a number', { spec: { group: 7, names: { kind: 'Widget' }, versions: [] } }],
    ['names that are a list', { spec: { group: 'g', names: [], versions: [] } }],
    ['versions that are an object', definition({})],
    ['a version that is null', definition([null])],
    ['a version without a name', definition([{ served: true, schema: { openAPIV3Schema: schema } }])],
    ['a schema that is a text', definition([{ name: 'v1', served: true, schema: { openAPIV3Schema: 'x' } }])],
    ['a type that is a number', definition([{ name: 'v1', served: true, schema: { openAPIV3Schema: { type: 7 } } }])],
    ['properties that are a list', definition([{ name: 'v1', served: true, schema: { openAPIV3Schema: { properties: [] } } }])],
    ['no schema', definition([{ name: 'v1', served: true }])],
  ])('are none with %s', (_what, odd) => {
    expect(schemasOf(odd)).toEqual([]);
  });
});

describe('schemas that a server publishes', () => {
  const kind = (group: string, name: string): JsonObject => ({
    ...schema,
    'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind: name }],
  });

  it('are those of kinds, without their lists and what every group has', () => {
    const schemas = {
      a: kind('shop.example.com', 'Widget'),
      b: kind('shop.example.com', 'WidgetList'),
      c: kind('', 'ObjectMeta'),
      d: kind('shop.example.com', 'DeleteOptions'),
      e: schema,
      f: { ...schema, 'x-kubernetes-group-version-kind': 'odd' },
      g: 'odd',
    };

    expect(publishedIn({ components: { schemas } })).toEqual([['shop.example.com/v1/Widget', schemas.a]]);
  });

  it.each([undefined, 'x', {}, { components: [] }])('are none in %j', (document) => {
    expect(publishedIn(document)).toEqual([]);
  });
});
