import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, fieldSet, fromFieldsV1, intersection, noFields, sameFields, toFieldsV1, union, type FieldSet } from './field-set.ts';

const { set } = fc.letrec<{ set: FieldSet }>((tie) => ({
  set: fc
    .tuple(
      fc.boolean(),
      fc.dictionary(
        fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:"y"'),
        fc.oneof({ maxDepth: 3 }, fc.constant(noFields), tie('set')),
        { maxKeys: 3 },
      ),
    )
    .map(([member, children]) => fieldSet(member, Object.entries(children))),
}));

describe('field sets', () => {
  it('come back from FieldsV1 as they were', () => {
    fc.assert(
      fc.property(set, (one) => {
        const root = fieldSet(false, one.children);

        expect(sameFields(fromFieldsV1({ ...toFieldsV1(root), 'f:always': {} }), union(root, fromFieldsV1({ 'f:always': {} })))).toBe(true);
      }),
    );
  });

  it('are made of what two have in common and what only one has', () => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        expect(sameFields(union(intersection(left, right), difference(left, right)), left)).toBe(true);
        expect(sameFields(intersection(difference(left, right), right), noFields)).toBe(true);
      }),
    );
  });

  it('unite in any order', () => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        expect(sameFields(union(left, right), union(right, left))).toBe(true);
        expect(sameFields(difference(union(left, right), right), difference(left, right))).toBe(true);
      }),
    );
  });
});
