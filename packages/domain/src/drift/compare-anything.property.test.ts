import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FreeMap } from '../document/free-form.ts';
import type { JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import { DriftFinding } from './drift-item.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';

const rules = exampleRules();

/** Fields with the names that are looked for, and anything at all in them. */
const anything = fc.jsonValue({ maxDepth: 4 }).map((value) => FreeMap.parse(JSON.parse(JSON.stringify({ value })))['value'] ?? null);
const anyObject: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      apiVersion: fc.oneof(fc.constantFrom('v1', 'apps/v1', 'batch/v1', 'autoscaling/v1', 'example.com/v1'), anything),
      kind: fc.oneof(fc.constantFrom('Pod', 'Deployment', 'Secret', 'Service', 'HorizontalPodAutoscaler', 'ClusterRole'), anything),
      metadata: fc.oneof(
        anything,
        fc.record(
          {
            name: anything,
            namespace: anything,
            labels: anything,
            annotations: anything,
            ownerReferences: anything,
            managedFields: managedFields(),
          },
          { requiredKeys: [] },
        ),
      ),
      spec: fc.oneof(
        anything,
        fc.record({
          replicas: anything,
          template: fc.record({ spec: fc.record({ containers: containers() }) }),
          ports: fc.array(anything),
        }),
      ),
      data: anything,
      rules: anything,
    },
    { requiredKeys: [] },
  )
  .map((object) => FreeMap.parse(JSON.parse(JSON.stringify(object))));

function managedFields(): fc.Arbitrary<unknown> {
  const tree = fc.oneof(
    anything,
    fc.constant({ 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"': {}, 'k:7': {} } } } } }),
  );
  return fc.oneof(
    anything,
    fc.array(fc.record({ manager: anything, operation: anything, time: anything, fieldsV1: tree }, { requiredKeys: [] })),
  );
}

function containers(): fc.Arbitrary<unknown> {
  const element = fc.record({ name: fc.oneof(fc.constantFrom('a', 'b'), anything), image: anything, env: anything }, { requiredKeys: [] });
  return fc.array(fc.oneof(element, anything), { maxLength: 4 });
}

describe('objects of whatever content', () => {
  it('are compared without a fault, each difference once', () => {
    fc.assert(
      fc.property(anyObject, anyObject, fc.boolean(), (desired, live, managed) => {
        const found = [{ desired, live }, { live }, { desired }].map((pair) => compareObject(rules, { ...pair, managed }, now));

        for (const findings of found) {
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          expect(() => findings.map((finding) => DriftFinding.parse(finding))).not.toThrow();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are equal to themselves', () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        expect(
          compareObject(rules, { desired: object, live: object, managed: true }, now).filter(({ class: how }) => how !== 'secret'),
        ).toEqual([]);
      }),
    );
  });
});
