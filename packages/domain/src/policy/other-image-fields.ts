import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { renderedImages } from './rendered-images.ts';

const builtIn = /^$|^(?:apps|batch|autoscaling|policy|extensions)$|\.k8s\.io$/;
const imageField = /^image(?:Name|Ref)?$|Image$/;

/** Kinds that keep what may be an image where no container is: an operator runs it later. Each once, as `Kind.group`. */
export function otherImageFields(objects: readonly JsonObject[]): readonly string[] {
  const kinds = objects.flatMap((object) => {
    const { group, kind } = objectRefOf(object);
    const judged = new Set(renderedImages([object]).map(({ image }) => image));
    return !builtIn.test(group) && hasImageField(object, judged) ? [`${kind}.${group}`] : [];
  });
  return [...new Set(kinds)].toSorted();
}

function hasImageField(value: Json, judged: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.some((entry) => hasImageField(entry, judged));
  return Object.entries(value).some(([name, part]) => {
    if (imageField.test(name) && typeof part === 'string') return part !== '' && !judged.has(part);
    return hasImageField(part, judged);
  });
}
