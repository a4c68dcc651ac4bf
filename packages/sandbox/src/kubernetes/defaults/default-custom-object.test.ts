import { describe, expect, it } from 'vitest';
import { defaultCustomObject } from './default-custom-object.ts';

const schema = {
  properties: {
    spec: { properties: { force: { default: false }, ref: { properties: { kind: { default: 'A' } } } } },
    items: { items: { properties: { port: { default: 80 } } } },
    byName: { additionalProperties: { properties: { size: { default: 1 } } } },
    status: { default: { observedGeneration: -1 } },
  },
};

describe('defaultCustomObject', () => {
  it('fills what is absent where its parent is there', () => {
    expect(defaultCustomObject(schema, { spec: { ref: {} }, items: [{}], byName: { a: {} } })).toEqual({
      spec: { force: false, ref: { kind: 'A' } },
      items: [{ port: 80 }],
      byName: { a: { size: 1 } },
      status: { observedGeneration: -1 },
    });
  });

  it('leaves what is said, and what the schema does not know', () => {
    const object = { spec: { force: true, other: 1 }, status: { ready: true } };

    expect(defaultCustomObject(schema, object)).toEqual(object);
  });
});
