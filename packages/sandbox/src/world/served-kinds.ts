import { isJsonObject, listAt, objectAt, type Json, type JsonObject } from '../json/json.ts';
import { discovery } from '../kube/discovery.ts';
import { KubeApiError, type KubeClient } from '../kube/kube-client.ts';

/** A kind as a definition names it. */
export interface WorldKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Defines the kinds that the API doesn't serve, each as objects that may hold anything. Returns those. A kind of no group can't be defined. */
export async function serveKinds(client: KubeClient, kinds: readonly WorldKind[]): Promise<readonly WorldKind[]> {
  const served = discovery(client);
  const missing: WorldKind[] = [];
  for (const kind of kinds.filter(({ group }) => group !== ''))
    if ((await served.find(apiVersionOf(kind), kind.kind)) === undefined) missing.push(kind);
  for (const kind of missing) await define(client, kind);
  return missing;
}

function apiVersionOf({ group, version }: WorldKind): string {
  return group === '' ? version : `${group}/${version}`;
}

async function define(client: KubeClient, kind: WorldKind): Promise<void> {
  const path = `${definitions}/${kind.plural}.${kind.group}`;
  const present = await client.send({ verb: 'GET', path }).catch(absentOnly);
  const query = { fieldManager: 'platform-team' };
  if (present === undefined) await client.send({ verb: 'POST', path: definitions, query, body: definitionOf(kind) });
  else await client.send({ verb: 'PUT', path, query, body: withVersion(present, kind) });
}

function absentOnly(error: unknown): undefined {
  if (error instanceof KubeApiError && error.status === 404) return undefined;
  throw error;
}

function definitionOf({ group, version, kind, plural, namespaced }: WorldKind): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [versionOf(version, true)],
    },
  };
}

/** Another version of what is defined already, as a cluster with an operator of another age has it. */
function withVersion(present: Json, { version }: WorldKind): JsonObject {
  const definition = isJsonObject(present) ? present : {};
  const versions = [...listAt(definition, 'spec', 'versions'), versionOf(version, false)];
  return { ...definition, spec: { ...objectAt(definition, 'spec'), versions } };
}

function versionOf(name: string, storage: boolean): JsonObject {
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return { name, served: true, storage, schema: { openAPIV3Schema }, subresources: { status: {} } };
}
