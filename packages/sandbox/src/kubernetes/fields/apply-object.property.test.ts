import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { objectAt } from '../json/json-path.ts';
import { applyObject } from './apply-object.ts';
import { builtInSchema } from './built-in-schemas.ts';
import { writeOwners, type FieldOwner } from './field-owners.ts';

const schema = builtInSchema('pods.');
const applier = { manager: 'one', operation: 'Apply', apiVersion: 'v1', time: '2030-01-01T00:00:00Z' } as const;

const text = fc.constantFrom('x', 'y', 'z');
const texts = fc.dictionary(text, text, { maxKeys: 3 });
const variable = fc.record({ name: text, value: text });
// Nobody owns an empty list, so nobody can take it away: an applier that wants none leaves it out.
const env = fc.uniqueArray(variable, { selector: ({ name }) => name, minLength: 1 });
const container = fc.record({ name: text, image: text, env }, { requiredKeys: ['name', 'image'] });
const config = fc.record({
  metadata: fc.record({ labels: texts }),
  spec: fc.record({ containers: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1 }), nodeSelector: texts }),
});

function applied(live: JsonObject | undefined, wanted: JsonObject, by: Omit<FieldOwner, 'fields'>): JsonObject {
  const result = applyObject({ schema, live, applied: wanted, applier: by, force: true });
  if (result.kind === 'conflicts') throw new Error('force knows no conflicts');
  const metadata = { ...objectAt(result.object, 'metadata'), managedFields: writeOwners(result.owners) };
  return { ...result.object, metadata };
}

describe('applyObject', () => {
  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(config, config, (first, second) => {
        const base = applied(undefined, first, { ...applier, manager: 'two' });
        const once = applied(base, second, applier);

        expect(applied(once, second, { ...applier, time: '2031-01-01T00:00:00Z' })).toEqual(once);
      }),
    );
  });

  it('leaves exactly the second configuration of a lone applier', () => {
    fc.assert(
      fc.property(config, config, (first, second) => {
        const { spec } = applied(applied(undefined, first, applier), second, applier);
        const { spec: alone } = applied(undefined, second, applier);

        expect(spec).toEqual(alone);
      }),
    );
  });
});
