import type { Json, JsonObject } from '../json/json.ts';
import { objectAt, objectsAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';

export interface Condition extends JsonObject {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
}

export function findCondition(object: KubeObject, type: string): JsonObject | undefined {
  return objectsAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type);
}

/** The object's conditions with these set. A transition is a change of the status, nothing else; the others keep their place. */
export function withConditions(object: KubeObject, conditions: readonly Condition[], now: string): readonly Json[] {
  return conditions.reduce<readonly JsonObject[]>(
    (list, condition) => {
      const index = list.findIndex((other) => textAt(other, 'type') === condition.type);
      const before = list[index];
      const same = before !== undefined && textAt(before, 'status') === condition.status;
      const next = { ...condition, lastTransitionTime: same ? (textAt(before, 'lastTransitionTime') ?? now) : now };
      return index < 0 ? [...list, next] : list.with(index, next);
    },
    objectsAt(object, 'status', 'conditions'),
  );
}

/** `object` with its status members replaced; undefined ones are taken away, as Go omits zero counts. */
export function withStatus(object: KubeObject, members: Readonly<Record<string, Json | undefined>>): KubeObject {
  const status = Object.entries({ ...objectAt(object, 'status'), ...members });
  const present = status.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { ...object, status: Object.fromEntries(present) };
}

/** Zero as Go's `omitempty` writes it. */
export function nonZero(count: number): number | undefined {
  return count === 0 ? undefined : count;
}
