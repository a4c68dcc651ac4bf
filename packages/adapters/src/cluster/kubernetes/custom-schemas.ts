import type { JsonObject } from '@fairlead/domain';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { isObject } from '../../http/kubernetes/collection-item.ts';
import { listCollection } from '../../http/kubernetes/list-collection.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** By `group/version/Kind`, of the versions that are served. */
export async function customSchemas(wire: KubernetesWire): Promise<Readonly<Record<string, JsonObject>>> {
  const schemas: Record<string, JsonObject> = {};
  await listCollection(wire, {
    collection: { path: definitions },
    take({ object }) {
      Object.assign(schemas, schemasOf(object));
    },
  });
  return schemas;
}

export function schemasOf(definition: JsonObject): Readonly<Record<string, JsonObject>> {
  const { group, names, versions } = objectAt(definition, 'spec');
  const kind = isObject(names) ? names['kind'] : undefined;
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(versions)) return {};
  return Object.fromEntries(
    versions.flatMap((version: unknown) => {
      if (!isObject(version) || version['served'] !== true || typeof version['name'] !== 'string') return [];
      const schema = objectAt(version, 'schema')['openAPIV3Schema'];
      return isObject(schema) ? [[`${group}/${version['name']}/${kind}`, schema] as const] : [];
    }),
  );
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
