import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';
import { objectAt } from '../json/json-path.ts';

/** A custom object with the defaults that its definition's schema states. What is absent gets no defaults inside: only a default of its own. */
export function defaultCustomObject(openApi: JsonObject, object: JsonObject): JsonObject {
  const filled: Record<string, Json> = {};
  for (const [name, value] of Object.entries(object)) filled[name] = defaultInside(propertySchema(openApi, name), value);
  for (const [name, property] of Object.entries(objectAt(openApi, 'properties'))) {
    const fallback = isObject(property) ? property['default'] : undefined;
    if (fallback !== undefined && filled[name] === undefined) filled[name] = fallback;
  }
  return filled;
}

function propertySchema(openApi: JsonObject, name: string): JsonObject {
  const property = objectAt(openApi, 'properties')[name];
  return isObject(property) ? property : objectAt(openApi, 'additionalProperties');
}

function defaultInside(openApi: JsonObject, value: Json): Json {
  if (isList(value)) return value.map((item) => defaultInside(objectAt(openApi, 'items'), item));
  return isObject(value) ? defaultCustomObject(openApi, value) : value;
}
