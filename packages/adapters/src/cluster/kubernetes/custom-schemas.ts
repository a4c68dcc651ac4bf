import type { JsonObject } from '@fairlead/domain';
import type { ServedKind } from '@fairlead/engine';
import { kubernetesStatus } from '../../http/kubernetes-fault.ts';
import { isObject } from '../../http/kubernetes/collection-item.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { listCollection } from '../../http/kubernetes/list-collection.ts';
import { inParallel } from './in-parallel.ts';

type Schemas = Readonly<Record<string, JsonObject>>;

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** By `group/version/Kind`, of the versions that are served. Whoever may not see definitions reads what the server publishes to everybody. */
export async function customSchemas(wire: KubernetesWire, kinds: () => Promise<readonly ServedKind[]>): Promise<Schemas> {
  const found: JsonObject[] = [];
  try {
    await listCollection(wire, {
      collection: { path: definitions },
      take: ({ object }) => {
        found.push(object);
      },
    });
    return Object.fromEntries(found.flatMap(schemasOf));
  } catch (cause) {
    if (kubernetesStatus(cause) !== 403) throw cause;
    return publishedSchemas(wire, await kinds());
  }
}

type Entry = readonly [name: string, schema: JsonObject];

export function schemasOf(definition: JsonObject): readonly Entry[] {
  const { group, names, versions } = objectAt(definition, 'spec');
  const kind = isObject(names) ? names['kind'] : undefined;
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(versions)) return [];
  return versions.flatMap((version: unknown): readonly Entry[] => {
    if (!isObject(version) || version['served'] !== true || typeof version['name'] !== 'string') return [];
    const schema = objectAt(version, 'schema')['openAPIV3Schema'];
    return isSchema(schema) ? [[`${group}/${version['name']}/${kind}`, schema]] : [];
  });
}

/** A server that publishes nothing of a group leaves it without schemas; the others go on. */
async function publishedSchemas(wire: KubernetesWire, kinds: readonly ServedKind[]): Promise<Schemas> {
  const versions = new Set(kinds.filter(({ custom }) => custom).map(({ group, version }) => `${group}/${version}`));
  const entries = await inParallel([...versions], async (version) => {
    const body = await wire.ask({ path: `/openapi/v3/apis/${version}` }).then(
      (answer) => answer.body,
      () => undefined,
    );
    return publishedIn(body);
  });
  return Object.fromEntries(entries.flat());
}

export function publishedIn(document: unknown): readonly Entry[] {
  const schemas = objectAt(objectAt(isObject(document) ? document : {}, 'components'), 'schemas');
  return Object.values(schemas).flatMap((schema): readonly Entry[] => {
    if (!isSchema(schema)) return [];
    const kinds: unknown = schema['x-kubernetes-group-version-kind'];
    const first: unknown = Array.isArray(kinds) ? kinds[0] : undefined;
    const { group, version, kind } = isObject(first) ? first : {};
    // A list, an option and the like belong to no group, or to many.
    if (typeof group !== 'string' || group === '' || typeof version !== 'string' || typeof kind !== 'string') return [];
    return kind.endsWith('List') || kind === 'DeleteOptions' ? [] : [[`${group}/${version}/${kind}`, schema]];
  });
}

/** Nothing else about it is sure: definitions of old clusters were never validated. */
function isSchema(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const { type, properties } = value;
  return (type === undefined || typeof type === 'string') && (properties === undefined || isObject(properties));
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
