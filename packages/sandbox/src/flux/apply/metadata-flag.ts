import { objectAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

/** Whether an object opts out of something by a label or an annotation; the case of the value doesn't matter. */
export function hasFlag(object: KubeObject | undefined, key: string, values: readonly string[]): boolean {
  if (object === undefined) return false;
  return ['labels', 'annotations'].some((place) => {
    const value = textAt(objectAt(object.metadata, place), key);
    return value !== undefined && values.includes(value.toLowerCase());
  });
}
