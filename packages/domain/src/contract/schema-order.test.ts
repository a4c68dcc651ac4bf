import { describe, expect, it } from 'vitest';
import { SchemaId } from '../release/schema-id.ts';
import { compareSchemaIds } from './schema-order.ts';

describe('compareSchemaIds', () => {
  it.each([
    ['pc-schema-0187', 'pc-schema-0180', 1],
    ['pc-schema-0180', 'pc-schema-0180', 0],
    ['pc-schema-99', 'pc-schema-0100', -1],
    ['v2.9', 'v2.10', -1],
    ['v3.0', 'v2.10', 1],
    ['20251201093000', '20251201093001', -1],
    ['99999999999999999998', '99999999999999999999', -1],
    ['pc-schema-1', 'web-schema-1', 'unrelated'],
    ['pc-schema-1', 'pc-schema-1-b', 'unrelated'],
    ['v1', 'v1.1', 'unrelated'],
  ])('puts %s to %s as %s', (one, other, order) => {
    expect(compareSchemaIds(SchemaId.parse(one), SchemaId.parse(other))).toBe(order);
  });
});
