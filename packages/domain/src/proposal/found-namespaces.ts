import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { JsonObject } from '../document/json.ts';

export interface FoundNamespaces {
  /** Of objects that name none: the one that most objects name. */
  readonly destination: string;
  /** All that the objects are in, the destination too. */
  readonly all: readonly string[];
  /** Those of them that the objects bring along themselves. */
  readonly brought: readonly string[];
}

/** `otherwise`: the destination where no object names a namespace. */
export function foundNamespaces(objects: readonly JsonObject[], otherwise: string): FoundNamespaces {
  const refs = objects.map(objectRefOf);
  const counts = new Map<string, number>();
  for (const { namespace } of refs) if (namespace !== undefined) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  const [most] = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const brought = refs.filter(({ group, kind }) => group === '' && kind === 'Namespace').map(({ name }) => name);
  const destination = most?.[0] ?? brought[0] ?? otherwise;
  return { destination, all: [...new Set([destination, ...counts.keys()])].toSorted(), brought };
}
