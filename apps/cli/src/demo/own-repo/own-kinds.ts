import { objectRefOf, resourceOf, type JsonObject } from '@fairlead/domain';
import type { WorldKind } from '@fairlead/sandbox';
import { z } from 'zod';

const Definition = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({ group: z.string(), names: z.object({ kind: z.string() }) }),
});

/** The kinds of the objects, each once in each version, but those that the objects themselves define. How paths call one is guessed from its name. */
export function ownKinds(objects: readonly JsonObject[]): readonly WorldKind[] {
  const defined = new Set(objects.flatMap(definedBy));
  const refs = objects.map(objectRefOf).filter(({ group, kind }) => !defined.has(`${group}/${kind}`));
  const kinds = refs.map(({ group, version, kind }): WorldKind => {
    // Where one of a kind has a namespace, all have.
    const namespace = refs.find((ref) => ref.group === group && ref.kind === kind && ref.namespace !== undefined)?.namespace;
    const { resource: plural, namespaced } = resourceOf({ group, kind, ...(namespace === undefined ? {} : { namespace }) });
    return { group, version, kind, plural, namespaced };
  });
  return [...new Map(kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind])).values()];
}

function definedBy(object: JsonObject): readonly string[] {
  const read = Definition.safeParse(object);
  return read.success ? [`${read.data.spec.group}/${read.data.spec.names.kind}`] : [];
}
