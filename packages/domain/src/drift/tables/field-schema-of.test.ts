import { describe, expect, it } from 'vitest';
import { fieldSchemaOf, isOrdinary, shortName } from './field-schema-of.ts';
import { OpenApiSchema } from './open-api-schema.ts';

describe('reading an OpenAPI schema', () => {
  it('keeps only what leads to something special', () => {
    const schema = {
      properties: {
        name: { type: 'string' },
        limits: { additionalProperties: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' } },
        nested: { properties: { plain: { type: 'integer' } } },
        selector: { additionalProperties: { type: 'string' }, 'x-kubernetes-map-type': 'atomic' },
      },
    };

    expect(fieldSchemaOf(OpenApiSchema.parse(schema))).toEqual({
      fields: { limits: { values: { scalar: 'quantity' } }, selector: { map: 'atomic' } },
    });
  });

  it('tells the kinds of list apart', () => {
    const listOf = (more: object): unknown => fieldSchemaOf(OpenApiSchema.parse({ items: { type: 'string' }, ...more }));

    expect(listOf({})).toEqual({});
    expect(listOf({ 'x-kubernetes-list-type': 'atomic' })).toEqual({ list: 'atomic' });
    expect(listOf({ 'x-kubernetes-list-type': 'set' })).toEqual({ list: 'set' });
    expect(listOf({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] })).toEqual({ list: { keys: ['type'] } });
    expect(listOf({ 'x-kubernetes-list-type': 'map' })).toEqual({});
    expect(listOf({ 'x-kubernetes-patch-merge-key': 'name' })).toEqual({ list: { keys: ['name'] } });
  });

  it('keeps the default of a key, and no empty one', () => {
    const properties = { port: { default: 0 }, protocol: { default: 'TCP' }, name: { default: '' } };
    const ports = {
      items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ServicePort' }] },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol', 'name'],
    };
    const definitions = new Map([['io.k8s.api.core.v1.ServicePort', OpenApiSchema.parse({ properties })]]);

    expect(fieldSchemaOf(OpenApiSchema.parse(ports), definitions)).toEqual({
      items: { ref: 'core.v1.ServicePort' },
      list: { keys: ['port', 'protocol', 'name'], defaults: { protocol: 'TCP' } },
    });
  });

  it.each([
    [{ type: 'string', format: 'byte' }, 'base64'],
    [{ type: 'string', format: 'date-time' }, 'time'],
    [{ type: 'string', format: 'duration' }, 'duration'],
    [{ format: 'int-or-string' }, 'int-or-string'],
    [{ 'x-kubernetes-int-or-string': true }, 'int-or-string'],
    [{ 'x-kubernetes-int-or-string': true, pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE])?$' }, 'quantity'],
  ])('reads the scalar %j as %s', (schema, scalar) => {
    expect(fieldSchemaOf(OpenApiSchema.parse(schema))).toEqual({ scalar });
  });

  it('finds nothing in a scalar of any other format', () => {
    expect(isOrdinary(fieldSchemaOf(OpenApiSchema.parse({ type: 'integer', format: 'int32' })))).toBe(true);
  });

  it('takes what has a wrong form for absent', () => {
    const schema = { properties: { a: { items: 'text', 'x-kubernetes-list-type': 'bag' } }, additionalProperties: true };

    expect(fieldSchemaOf(OpenApiSchema.parse(schema))).toEqual({});
  });

  it('names a definition by its last three words', () => {
    expect(shortName('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')).toBe('meta.v1.ObjectMeta');
  });
});
