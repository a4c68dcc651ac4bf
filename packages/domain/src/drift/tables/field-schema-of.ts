import type { Json } from '../../document/json.ts';
import type { FieldSchema, ListType, ScalarFormat } from './object-schema.ts';
import type { OpenApiSchema } from './open-api-schema.ts';

/** The schemas that a `$ref` may name, by the text after its last slash. */
export type OpenApiDefinitions = ReadonlyMap<string, OpenApiSchema>;

/**
 * What a comparison must know of a schema: fields that hold nothing special are left out. A `$ref` becomes the `ref` of that definition
 * by its short name, so the definitions themselves are for the caller to convert; a CustomResourceDefinition has none.
 */
export function fieldSchemaOf(schema: OpenApiSchema, definitions: OpenApiDefinitions = new Map()): FieldSchema {
  const referred = refOf(schema);
  if (referred !== undefined) return scalarDefinitions.get(referred) ?? { ref: shortName(referred) };
  const scalar = scalarOf(schema);
  if (scalar !== undefined) return { scalar };
  return { ...branchesOf(schema, definitions), ...marksOf(schema, definitions) };
}

/** Nothing in it that a comparison must know. */
export function isOrdinary(schema: FieldSchema): boolean {
  return Object.keys(schema).length === 0;
}

/** `io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec` */
export function shortName(definition: string): string {
  return definition.split('.').slice(-3).join('.');
}

const scalarDefinitions: ReadonlyMap<string, FieldSchema> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { scalar: 'quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { scalar: 'int-or-string' }],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', { scalar: 'time' }],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', { scalar: 'time' }],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Duration', { scalar: 'duration' }],
]);

/** A map: a definition may name its format as JavaScript names what every object has. */
const formats: ReadonlyMap<string, ScalarFormat> = new Map([
  ['byte', 'base64'],
  ['date-time', 'time'],
  ['duration', 'duration'],
  ['int-or-string', 'int-or-string'],
]);

/** How controller-gen writes a quantity: by its pattern alone. */
const quantityPattern = '([KMGTPE]i)';

/** OpenAPI 3.0 allows nothing beside a `$ref`, so one with a description stands in `allOf`. */
function refOf({ $ref, allOf = [] }: OpenApiSchema): string | undefined {
  const ref = $ref ?? (allOf.length === 1 ? allOf[0]?.$ref : undefined);
  return ref?.slice(ref.lastIndexOf('/') + 1);
}

function scalarOf({ format, pattern, 'x-kubernetes-int-or-string': intOrString = false }: OpenApiSchema): ScalarFormat | undefined {
  if (pattern?.includes(quantityPattern)) return 'quantity';
  if (intOrString) return 'int-or-string';
  return format === undefined ? undefined : formats.get(format);
}

function branchesOf(schema: OpenApiSchema, definitions: OpenApiDefinitions): FieldSchema {
  const special = (inner: OpenApiSchema | undefined): FieldSchema | undefined => {
    const found = inner && fieldSchemaOf(inner, definitions);
    return found && !isOrdinary(found) ? found : undefined;
  };
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = special(property);
    return field === undefined ? [] : [[name, field] as const];
  });
  const values = special(schema.additionalProperties);
  const items = special(schema.items);
  return { ...(fields.length > 0 && { fields: Object.fromEntries(fields) }), ...(values && { values }), ...(items && { items }) };
}

function marksOf(schema: OpenApiSchema, definitions: OpenApiDefinitions): FieldSchema {
  const list = listOf(schema, definitions);
  return { ...(schema['x-kubernetes-map-type'] === 'atomic' && { map: 'atomic' }), ...(list && { list }) };
}

function listOf(schema: OpenApiSchema, definitions: OpenApiDefinitions): ListType | undefined {
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? (mergeKey === undefined ? [] : [mergeKey]);
  switch (schema['x-kubernetes-list-type']) {
    case 'atomic':
      return 'atomic';
    case 'set':
      return 'set';
    case 'map':
    case undefined: {
      if (keys.length === 0) return undefined;
      const defaults = keyDefaults(schema.items ?? {}, keys, definitions);
      return Object.keys(defaults).length === 0 ? { keys } : { keys, defaults };
    }
  }
}

function keyDefaults(items: OpenApiSchema, keys: readonly string[], definitions: OpenApiDefinitions): Readonly<Record<string, Json>> {
  const element = definitions.get(refOf(items) ?? '') ?? items;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = element.properties?.[key]?.default;
      // An empty default is how the API server publishes "required".
      return value === undefined || value === '' || value === 0 ? [] : [[key, value]];
    }),
  );
}
