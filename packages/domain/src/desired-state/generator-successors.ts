import type { JsonObject } from '../document/json.ts';
import { objectKey, type ObjectRef } from './object-ref.ts';
import { objectRefOf } from './object-ref-of.ts';

/** kustomize's suffix: ten letters of an alphabet that spells no words. */
const generated = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** Which of the new objects is which old one under another name: the only ones of a ConfigMap or Secret generator on both sides. */
export function successors(gone: readonly JsonObject[], come: readonly JsonObject[]): ReadonlyMap<JsonObject, JsonObject> {
  const [before, after] = [byGenerator(gone), byGenerator(come)];
  const follow = new Map<JsonObject, JsonObject>();
  for (const [generator, [object, ...more]] of after) {
    const [predecessor, ...others] = before.get(generator) ?? [];
    if (object === undefined || predecessor === undefined || more.length > 0 || others.length > 0) continue;
    follow.set(object, predecessor);
  }
  return follow;
}

/** The generator that made the object, by `objectKey`. */
export function generatorOf(ref: ObjectRef): string | undefined {
  const name = generated.exec(ref.name)?.[1];
  if (name === undefined || ref.group !== '' || (ref.kind !== 'ConfigMap' && ref.kind !== 'Secret')) return undefined;
  return objectKey({ ...ref, name });
}

function byGenerator(objects: readonly JsonObject[]): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, readonly JsonObject[]>();
  for (const object of objects) {
    const key = generatorOf(objectRefOf(object));
    if (key === undefined) continue;
    found.set(key, [...(found.get(key) ?? []), object]);
  }
  return found;
}
