import { isList, isObject, type Json, type JsonObject } from './json.ts';

type Path = readonly string[];

export function at(value: Json | undefined, ...path: Path): Json | undefined {
  let here = value;
  for (const key of path) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

export function textAt(value: Json | undefined, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: Json | undefined, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

export function flagAt(value: Json | undefined, ...path: Path): boolean {
  return at(value, ...path) === true;
}

/** Empty where there is none. */
export function objectAt(value: Json | undefined, ...path: Path): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** Empty where there is none. */
export function listAt(value: Json | undefined, ...path: Path): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

export function objectsAt(value: Json | undefined, ...path: Path): readonly JsonObject[] {
  return listAt(value, ...path).filter(isObject);
}

export function textsAt(value: Json | undefined, ...path: Path): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** The members that are texts: labels, annotations, match labels. */
export function textMapAt(value: Json | undefined, ...path: Path): Readonly<Record<string, string>> {
  const texts = Object.entries(objectAt(value, ...path)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []));
  return Object.fromEntries(texts);
}

/** A copy with `next` at `path`; `undefined` takes the member away. Objects on the way are made where missing. */
export function withAt(value: Json | undefined, path: Path, next: Json | undefined): JsonObject {
  const object = isObject(value) ? value : {};
  const [key, ...rest] = path;
  if (key === undefined) return isObject(next) ? next : object;
  if (rest.length > 0) {
    if (next === undefined && at(object, key) === undefined) return object;
    return { ...object, [key]: withAt(at(object, key), rest, next) };
  }
  return next === undefined ? without(object, key) : { ...object, [key]: next };
}

export function without(object: JsonObject, ...keys: Path): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** `object` over `defaults`: a member that is present, even null's neighbour, wins. Kubernetes reads null as absent. */
export function withDefaults(object: JsonObject, defaults: JsonObject): JsonObject {
  const missing = Object.entries(defaults).filter(([key]) => (object[key] ?? null) === null);
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}
