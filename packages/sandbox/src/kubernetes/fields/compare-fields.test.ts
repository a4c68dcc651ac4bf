import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { builtInSchema } from './built-in-schemas.ts';
import { compareFields, fieldsOf } from './compare-fields.ts';
import { definitionSchema } from './definition-schema.ts';
import { toFieldsV1 } from './field-set.ts';

const services = builtInSchema('services.');
const port = { port: 80, name: 'http' };

describe('compareFields', () => {
  it('adds a list that appears at each of its levels, under the key with its default', () => {
    const { added } = compareFields(services, { spec: {} }, { spec: { ports: [port] } });

    expect(toFieldsV1(added)).toEqual({
      'f:spec': { 'f:ports': { '.': {}, 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } } },
    });
  });

  it('sees no change in the order of keyed items', () => {
    const other = { port: 443, name: 'https' };

    const { added, modified, removed } = compareFields(services, { spec: { ports: [port, other] } }, { spec: { ports: [other, port] } });

    expect([added, modified, removed].map(toFieldsV1)).toEqual([{}, {}, {}]);
  });

  it('takes an atomic map as one field', () => {
    const { modified } = compareFields(services, { spec: { selector: { a: '1' } } }, { spec: { selector: { a: '1', b: '2' } } });

    expect(toFieldsV1(modified)).toEqual({ 'f:spec': { 'f:selector': {} } });
  });

  it('takes a list with two items of the same key as one field', () => {
    const { modified } = compareFields(services, { spec: { ports: [port] } }, { spec: { ports: [port, port] } });

    expect(toFieldsV1(modified)).toEqual({ 'f:spec': { 'f:ports': {} } });
  });

  it('says what is gone', () => {
    const { removed } = compareFields(services, { metadata: { labels: { a: '1', b: '2' } } }, { metadata: { labels: { a: '1' } } });

    expect(toFieldsV1(removed)).toEqual({ 'f:metadata': { 'f:labels': { 'f:b': {} } } });
  });
});

describe('fieldsOf', () => {
  it('owns empty objects, items and leaves, but no structure for its own sake', () => {
    const applied: Json = { spec: { type: 'ClusterIP', sessionAffinityConfig: { clientIP: {} }, ports: [{ port: 80 }] } };

    expect(toFieldsV1(fieldsOf(services, applied))).toEqual({
      'f:spec': {
        'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } },
        'f:sessionAffinityConfig': { 'f:clientIP': {} },
        'f:type': {},
      },
    });
  });

  it('owns every member of what a definition leaves open', () => {
    const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const schema = definitionSchema({ type: 'object', properties: { spec: { type: 'object', properties: { open } } } });

    expect(toFieldsV1(fieldsOf(schema, { spec: { open: { deep: { er: 1 } } } }))).toEqual({
      'f:spec': { 'f:open': { 'f:deep': { '.': {}, 'f:er': {} } } },
    });
  });
});
