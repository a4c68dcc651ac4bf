import type { JsonObject } from '../document/json.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { z } from 'zod';
import { resourceOf, type KindResource } from './kind-resource.ts';

const Definition = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({ group: z.string(), scope: z.string(), names: z.object({ kind: z.string(), plural: z.string() }) }),
});

/** The kinds of some objects, each once. A definition among them says exactly how its kind stands. */
export function kindResourcesOf(objects: readonly JsonObject[]): readonly KindResource[] {
  const kinds = new Map<string, KindResource>();
  for (const object of objects) {
    const ref = objectRefOf(object);
    kinds.set(`${ref.group}/${ref.kind}`, resourceOf(ref));
  }
  for (const object of objects) {
    const definition = Definition.safeParse(object);
    if (!definition.success) continue;
    const { group, scope, names } = definition.data.spec;
    const key = `${group}/${names.kind}`;
    if (kinds.has(key)) kinds.set(key, { group, kind: names.kind, resource: names.plural, namespaced: scope !== 'Cluster' });
  }
  return [...kinds.values()];
}
