import type { JsonObject } from '../json/json.ts';
import { isObject } from '../json/json.ts';
import { objectAt, textAt, textsAt } from '../json/json-path.ts';
import { plainSchema } from './built-in-schemas.ts';
import { atomic, byMember, freeMembers, keyedList, setOfScalars, type FieldSchema } from './field-schema.ts';

/** What the OpenAPI schema of a definition says about merging. Metadata is the server's own, whatever the definition says. */
export function definitionSchema(openApi: JsonObject): FieldSchema {
  const own = fromOpenApi(openApi);
  return { ...own, kind: 'members', fields: { ...own.fields, ...plainSchema.fields } };
}

function fromOpenApi(openApi: JsonObject): FieldSchema {
  if (textAt(openApi, 'type') === 'array') return listSchema(openApi);
  if (textAt(openApi, 'x-kubernetes-map-type') === 'atomic') return atomic;
  const fields = Object.entries(objectAt(openApi, 'properties')).flatMap(([name, property]) =>
    isObject(property) ? [[name, fromOpenApi(property)] as const] : [],
  );
  const values = objectAt(openApi, 'additionalProperties');
  return {
    ...(textAt(openApi, 'type') === undefined || openApi['x-kubernetes-preserve-unknown-fields'] === true ? freeMembers : byMember),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(Object.keys(values).length > 0 && { items: fromOpenApi(values) }),
  };
}

function listSchema(openApi: JsonObject): FieldSchema {
  const listType = textAt(openApi, 'x-kubernetes-list-type') ?? 'atomic';
  if (listType === 'set') return setOfScalars;
  if (listType !== 'map') return atomic;
  const items = objectAt(openApi, 'items');
  const keys = textsAt(openApi, 'x-kubernetes-list-map-keys');
  const defaults = keys.flatMap((key) => {
    const value = objectAt(items, 'properties', key)['default'];
    return value === undefined ? [] : [[key, value] as const];
  });
  return keyedList(keys, fromOpenApi(items), Object.fromEntries(defaults));
}
