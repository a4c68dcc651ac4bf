import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';

/** Free maps, whose members mean themselves: an empty text in one is a value. */
const maps = new Set([
  'annotations',
  'binaryData',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'parameters',
  'requests',
  'stringData',
]);

/** Lists that Go writes even when empty. */
const writtenLists = new Set(['containers', 'rules']);

/** Numbers and flags that are written only when they say something; a pointer to false is written, a plain false is not. */
const plainFields = new Set(['hostIPC', 'hostNetwork', 'hostPID', 'minReadySeconds', 'paused', 'readOnly', 'stdin', 'stdinOnce', 'tty']);

/** What is left of a built-in object once it went through the server's Go types: no nulls, no empty lists and maps. */
export function dropEmpty(object: JsonObject): JsonObject {
  const { status, ...rest } = object;
  return { ...dropIn(rest), ...(status !== undefined && status !== null && { status }) };
}

function dropIn(object: JsonObject): JsonObject {
  const kept = Object.entries(object).filter(([key, value]) => !isDropped(key, value));
  return Object.fromEntries(kept.map(([key, value]) => [key, maps.has(key) ? value : dropDeep(value)]));
}

function dropDeep(value: Json): Json {
  if (isList(value)) return value.map(dropDeep);
  return isObject(value) ? dropIn(value) : value;
}

function isDropped(key: string, value: Json): boolean {
  if (value === null) return true;
  if (isList(value)) return value.length === 0 && !writtenLists.has(key);
  if (isObject(value)) return maps.has(key) && Object.keys(value).length === 0;
  if (value === false || value === 0) return plainFields.has(key);
  // An empty variable loses its value here, and a careless comparison sees drift.
  return key === 'value' && value === '';
}
