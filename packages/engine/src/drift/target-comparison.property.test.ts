import { builtInPolicy, digestOf, EnvironmentId, objectKey, objectRefOf, type JsonObject } from '@fairlead/domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectEvent } from '../ports/cluster.ts';
import { rulesFor } from './drift-settings.ts';
import { TargetComparison } from './target-comparison.ts';

const at = '2026-01-01T12:00:00.000Z';
const wanted = ['a', 'b', 'c'].map((name) => configMap(name, 'fast'));
const inSync: ObjectEvent = { kind: 'in-sync', of: { group: '', version: 'v1', kind: 'ConfigMap' }, at };

function configMap(name: string, mode: string): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { mode } };
}

function comparison(): TargetComparison {
  const objects = new Map(wanted.map((object) => [objectKey(objectRefOf(object)), { ref: objectRefOf(object), object }]));
  const desired = { commit: 'working-tree', digest: digestOf([...wanted]), objects } as const;
  const kinds = { schemas: { definitions: {}, kinds: {} }, clusterScoped: new Set<string>(), served: new Set<string>() };
  const place = { environment: EnvironmentId.parse('shop/staging'), target: 'eu/argocd/shop', ownedNamespaces: ['shop'] };
  const rules = rulesFor({ ...place, controller: 'argocd', kinds, hashSecret: () => '#', policy: builtInPolicy }, desired);
  const made = new TargetComparison({ target: place.target, open: [], containersOf: () => [] });
  made.setBasis({ rules, desired, managed: new Map(), images: {} });
  return made;
}

/** Absent: deleted. */
type Step = { readonly name: string; readonly mode: string | undefined } | { readonly limit: number } | 'in-sync';

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), mode: fc.constantFrom('fast', 'slow', undefined) }),
    },
    { weight: 3, arbitrary: fc.record({ limit: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.constant('in-sync' as const) },
  ),
  { maxLength: 40 },
);

function eventOf(name: string, mode: string | undefined): ObjectEvent {
  const object = configMap(name, mode ?? '');
  const ref = objectRefOf(object);
  if (mode === undefined) return { kind: 'deleted', ref, uid: name, at };
  return { kind: 'applied', live: { ref, uid: name, resourceVersion: '1', object }, at };
}

describe('TargetComparison', () => {
  it('has open, whatever came in whatever order and was compared in turns of whatever size, what the last state differs in', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const compared = comparison();
        const live = new Map<string, string>();
        for (const step of taken) {
          if (step === 'in-sync') compared.take(inSync);
          else if ('limit' in step) compared.compare(at, step.limit);
          else {
            compared.take(eventOf(step.name, step.mode));
            if (step.mode === undefined) live.delete(step.name);
            else live.set(step.name, step.mode);
          }
        }
        compared.take(inSync);
        while (!compared.isIdle) compared.compare(at, 2);

        const open = compared.openItems().map(({ class: how, object }) => `${how} ${object.name}`);
        expect(open.toSorted()).toEqual(differencesOf(live));
      }),
    );
  });

  it('tells of each difference that it opens or resolves once', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const compared = comparison();
        const open = new Set<string>();
        compared.take(inSync);
        for (const step of [...taken, { limit: 99 }]) {
          if (step === 'in-sync') compared.take(inSync);
          else if (!('limit' in step)) compared.take(eventOf(step.name, step.mode));
          else {
            const { opened, resolved } = compared.compare(at, step.limit);
            expect(opened.filter(({ id }) => open.has(id))).toEqual([]);
            expect(resolved.filter(({ id }) => !open.has(id))).toEqual([]);
            for (const { id } of resolved) open.delete(id);
            for (const { id } of opened) open.add(id);
          }
        }
        expect(new Set(compared.openItems().map(({ id }) => id))).toEqual(open);
      }),
    );
  });
});

function differencesOf(live: ReadonlyMap<string, string>): readonly string[] {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const all = names.flatMap((name) => {
    const mode = live.get(name);
    if (name > 'c') return mode === undefined ? [] : [`extra ${name}`];
    if (mode === undefined) return [`missing ${name}`];
    return mode === 'fast' ? [] : [`changed ${name}`];
  });
  return all.toSorted();
}
