import { objectPath, type Discovery } from '../../kube/discovery.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { isKubeObject, nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { textAt, type Json } from '../../json/json.ts';

/** Who owns what is applied: written into labels and into the managed fields. */
export interface Owner {
  /** The controller, as its writes are attributed. */
  readonly field: string;
  /** Of the labels that name the owner. */
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
}

/** The cluster as one owner sees it: with the rights of its service account, if it names one. */
export interface TargetCluster {
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly owner: Owner;
  readonly impersonate?: string;
}

/** The cluster as an object's controller sees it when it acts for that object. */
export function targetClusterOf(
  { client, discovery }: Pick<TargetCluster, 'client' | 'discovery'>,
  object: KubeObject,
  { field, group }: Pick<Owner, 'field' | 'group'>,
): TargetCluster {
  const account = textAt(object, 'spec', 'serviceAccountName') ?? '';
  const namespace = namespaceOf(object);
  const owner = { field, group, name: nameOf(object), namespace };
  return { client, discovery, owner, ...(account !== '' && { impersonate: `system:serviceaccount:${namespace}:${account}` }) };
}

export function ownerLabels({ group, name, namespace }: Owner): Readonly<Record<string, string>> {
  return { [`${group}/name`]: name, [`${group}/namespace`]: namespace };
}

export async function pathOf({ discovery }: TargetCluster, object: KubeObject): Promise<string> {
  const { apiVersion, kind } = object;
  const type = await discovery.find(apiVersion, kind);
  if (type === undefined) throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
  return objectPath(type, namespaceOf(object), nameOf(object));
}

export async function readLive(cluster: TargetCluster, object: KubeObject): Promise<KubeObject | undefined> {
  const path = await pathOf(cluster, object);
  const found = await cluster.client.send({ verb: 'GET', path, ...impersonating(cluster) }).catch(orAbsent);
  return isKubeObject(found) ? found : undefined;
}

/** What the server makes, or would make, of the object as its owner applies it. */
export async function serverSideApply(cluster: TargetCluster, object: KubeObject, dryRun: boolean): Promise<Json> {
  const query = { fieldManager: cluster.owner.field, force: 'true', ...(dryRun && { dryRun: 'All' }) };
  const path = await pathOf(cluster, object);
  const contentType = 'application/apply-patch+yaml';
  return cluster.client.send({ verb: 'PATCH', path, query, body: object, contentType, ...impersonating(cluster) });
}

/** Deletes, if it is there; dependents follow in the background. */
export async function deleteLive(cluster: TargetCluster, object: KubeObject): Promise<void> {
  const path = await pathOf(cluster, object);
  const query = { propagationPolicy: 'Background' };
  await cluster.client.send({ verb: 'DELETE', path, query, ...impersonating(cluster) }).catch(orAbsent);
}

export function impersonating({ impersonate }: TargetCluster): { readonly impersonate?: string } {
  return impersonate === undefined ? {} : { impersonate };
}

function orAbsent(error: unknown): undefined {
  if (error instanceof KubeApiError && error.status === 404) return undefined;
  throw error;
}
