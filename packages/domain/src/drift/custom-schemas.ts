import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { DriftSchemas } from './drift-schemas.ts';
import { isMap } from './own-value.ts';
import type { ApiDefault } from './tables/api-default.ts';
import { fieldSchemaOf } from './tables/field-schema-of.ts';
import { OpenApiSchema } from './tables/open-api-schema.ts';

/** Schemas of CustomResourceDefinitions (`openAPIV3Schema` by `group/version/Kind`), with the defaults that they name. Somebody wrote them: of a part that isn't
 *  as it should be nothing is known, so that its field is one value. Never throws. */
export function customSchemas(openApiV3ByKind: Readonly<Record<string, JsonObject>>): DriftSchemas {
  const schemas = Object.entries(openApiV3ByKind).map(([kind, schema]): readonly [string, OpenApiSchema] => [kind, read(schema)]);
  return {
    definitions: {},
    kinds: Object.fromEntries(schemas.map(([kind, schema]) => [kind, fieldSchemaOf(schema)])),
    defaults: Object.fromEntries(schemas.map(([kind, schema]) => [kind, defaultsIn(schema, [])])),
  };
}

function read(schema: JsonObject): OpenApiSchema {
  const parsed = isShallow(schema) ? OpenApiSchema.safeParse(schema) : undefined;
  return parsed?.success === true ? parsed.data : {};
}

const deepest = 300;

/** What reads a schema calls itself for each level. */
function isShallow(schema: Json): boolean {
  let level: readonly Json[] = [schema];
  for (let depth = 0; depth < deepest; depth += 1) {
    level = level.flatMap((value) => (isList(value) ? value : isMap(value) ? Object.values(value) : []));
    if (level.length === 0) return true;
  }
  return false;
}

/** What the API server adds by the schema's own `default`s, at any depth once what holds them is there. */
function defaultsIn(
  { default: value, properties = {}, items, additionalProperties }: OpenApiSchema,
  path: readonly string[],
): readonly ApiDefault[] {
  return [
    ...(value === undefined || path.length === 0 ? [] : [{ path, value }]),
    ...Object.entries(properties).flatMap(([name, field]) => defaultsIn(field, [...path, name])),
    ...[items, additionalProperties].flatMap((part) => (part === undefined ? [] : defaultsIn(part, [...path, '*']))),
  ];
}
