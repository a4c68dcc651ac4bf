import { at, listAt, textAt, textsAt, type Json } from '../json/json.ts';
import { type KubeClient } from './kube-client.ts';

/** How the server names a kind. */
export interface ResourceType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

export interface Discovery {
  /** Undefined when the server doesn't have the kind: asked again each time, because a CRD may arrive. */
  find(apiVersion: string, kind: string): Promise<ResourceType | undefined>;
}

export function discovery(client: KubeClient): Discovery {
  const known = new Map<string, ResourceType>();
  return {
    async find(apiVersion, kind) {
      const name = `${apiVersion} ${kind}`;
      if (!known.has(name)) for (const type of await readTypes(client, apiVersion)) known.set(`${apiVersion} ${type.kind}`, type);
      return known.get(name);
    },
  };
}

async function readTypes(client: KubeClient, apiVersion: string): Promise<readonly ResourceType[]> {
  const list = await client.send({ verb: 'GET', path: apiRoot(apiVersion) }).catch(() => undefined);
  return listAt(list, 'resources').flatMap((resource) => typeOf(apiVersion, resource) ?? []);
}

function typeOf(apiVersion: string, resource: Json): ResourceType | undefined {
  const plural = textAt(resource, 'name') ?? '';
  const kind = textAt(resource, 'kind');
  if (kind === undefined || plural === '' || plural.includes('/')) return undefined;
  return { apiVersion, kind, plural, namespaced: at(resource, 'namespaced') === true, verbs: textsAt(resource, 'verbs') };
}

function apiRoot(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of all objects of a type, in one namespace when given. */
export function collectionPath({ apiVersion, plural, namespaced }: ResourceType, namespace = ''): string {
  return `${apiRoot(apiVersion)}${namespaced && namespace !== '' ? `/namespaces/${namespace}` : ''}/${plural}`;
}

export function objectPath(type: ResourceType, namespace: string, name: string): string {
  return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}
