import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';
import { podTemplatePaths } from './tables/pod-template-paths.ts';

const paths: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(podTemplatePaths));

/** The desired object with the newer name of a pod's service account, where it has only the older: the API server shows both. */
export function withAliases(desired: JsonObject): JsonObject {
  const { group, kind } = objectRefOf(desired);
  const path = paths.get(`${group}/${kind}`);
  return path === undefined ? desired : named(desired, [...path, 'spec']);
}

function named(value: JsonObject, [field, ...rest]: readonly string[]): JsonObject {
  if (field === undefined) {
    const account = ownValue(value, 'serviceAccount');
    const isOlder = account !== undefined && ownValue(value, 'serviceAccountName') === undefined;
    return isOlder ? { ...value, serviceAccountName: account } : value;
  }
  const below = ownValue(value, field);
  if (!isMap(below)) return value;
  const changed = named(below, rest);
  return changed === below ? value : { ...value, [field]: changed };
}
