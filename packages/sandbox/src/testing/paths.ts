import { isJsonList, isJsonObject, type Json } from '../json/json.ts';

/** The paths of all values, elements of lists alike: what shape an object has, whatever its values. */
export function pathsOf(value: Json, prefix = ''): readonly string[] {
  const inner = isJsonList(value)
    ? value.map((item) => [`${prefix}[]`, item] as const)
    : isJsonObject(value)
      ? Object.entries(value).map(([key, item]) => [`${prefix}.${key}`, item] as const)
      : [];
  const paths = inner.length === 0 ? [prefix] : inner.flatMap(([path, item]) => pathsOf(item, path));
  return [...new Set(paths)].sort();
}
