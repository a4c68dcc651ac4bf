import { type FieldSchema, fieldSchemaOf, type ObjectSchemas, OpenApiSchema, shortName } from '@fairlead/domain';
import { z } from 'zod';
import { must, type CallApi } from '../api.ts';
import { serverKinds, type ServerKind } from './server-kinds.ts';

const Kinds = z.object({
  'x-kubernetes-group-version-kind': z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() })).optional(),
});
const Document = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()).optional() }) });

/** What the server publishes of its kinds, in the form that a comparison reads. */
export async function readSchemas(api: CallApi): Promise<ObjectSchemas> {
  const kinds = await serverKinds(api);
  const published = await readDefinitions(api, kinds);
  const parsed = new Map([...published].map(([name, schema]) => [name, OpenApiSchema.parse(schema)]));
  const converted = new Map([...parsed].map(([name, schema]) => [shortName(name), fieldSchemaOf(schema, parsed)]));
  if (converted.size !== parsed.size) throw new Error('two definitions have one short name');
  const special = specialNames(converted);
  const pruned = new Map([...converted].filter(([name]) => special.has(name)).map(([name, schema]) => [name, prune(schema, special)]));
  const roots = new Map(rootsOf(published, kinds).map(([id, name]) => [id, withoutStatus(pruned.get(name) ?? {})]));
  return { definitions: sorted(reachable(pruned, roots.values())), kinds: sorted(roots) };
}

async function readDefinitions(api: CallApi, kinds: readonly ServerKind[]): Promise<ReadonlyMap<string, unknown>> {
  const paths = new Set(kinds.map(({ group, version }) => (group === '' ? `api/${version}` : `apis/${group}/${version}`)));
  const documents = await Promise.all(
    [...paths].map(async (path) => Document.parse(JSON.parse(await must(api('GET', `/openapi/v3/${path}`))))),
  );
  return new Map(documents.flatMap(({ components }) => Object.entries(components.schemas ?? {})));
}

/** `group/version/Kind` and the name of its definition. */
function rootsOf(published: ReadonlyMap<string, unknown>, kinds: readonly ServerKind[]): readonly (readonly [string, string])[] {
  const listed = new Set(kinds.map(({ group, version, kind }) => `${group}/${version}/${kind}`));
  return [...published].flatMap(([name, schema]) => {
    const [only, ...others] = Kinds.parse(schema)['x-kubernetes-group-version-kind'] ?? [];
    const id = only === undefined || others.length > 0 ? '' : `${only.group}/${only.version}/${only.kind}`;
    return listed.has(id) ? [[id, shortName(name)] as const] : [];
  });
}

/** The definitions that hold something special, by themselves or by what they refer to. */
function specialNames(definitions: ReadonlyMap<string, FieldSchema>): ReadonlySet<string> {
  const special = new Set<string>();
  for (let before = -1; before < special.size;) {
    before = special.size;
    for (const [name, schema] of definitions) if (isSpecial(schema, special)) special.add(name);
  }
  return special;
}

function isSpecial(schema: FieldSchema, special: ReadonlySet<string>): boolean {
  const { ref, list, map, scalar } = schema;
  if (ref !== undefined) return special.has(ref);
  return list !== undefined || map !== undefined || scalar !== undefined || innerOf(schema).some((inner) => isSpecial(inner, special));
}

function innerOf({ fields = {}, values, items }: FieldSchema): readonly FieldSchema[] {
  return [...Object.values(fields), values, items].filter((inner) => inner !== undefined);
}

function prune(schema: FieldSchema, special: ReadonlySet<string>): FieldSchema {
  const keep = (inner: FieldSchema | undefined): FieldSchema | undefined =>
    inner !== undefined && isSpecial(inner, special) ? prune(inner, special) : undefined;
  const { fields = {}, values, items, ...marks } = schema;
  const kept = new Map(Object.entries(fields).flatMap(([name, inner]) => entryOf(name, keep(inner))));
  const [keptValues, keptItems] = [keep(values), keep(items)];
  return {
    ...marks,
    ...(kept.size > 0 && { fields: sorted(kept) }),
    ...(keptValues && { values: keptValues }),
    ...(keptItems && { items: keptItems }),
  };
}

function entryOf<T>(name: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[name, value]];
}

/** A comparison never looks at it. */
function withoutStatus({ fields: { status: _, ...fields } = {}, ...more }: FieldSchema): FieldSchema {
  return { ...more, fields };
}

function reachable(definitions: ReadonlyMap<string, FieldSchema>, roots: Iterable<FieldSchema>): ReadonlyMap<string, FieldSchema> {
  const found = new Map<string, FieldSchema>();
  const visit = (schema: FieldSchema): void => {
    innerOf(schema).forEach(visit);
    const definition = schema.ref === undefined || found.has(schema.ref) ? undefined : definitions.get(schema.ref);
    if (schema.ref === undefined || definition === undefined) return;
    found.set(schema.ref, definition);
    visit(definition);
  };
  for (const root of roots) visit(root);
  return found;
}

function sorted<T>(entries: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
