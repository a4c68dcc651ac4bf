import { objectRefOf, type Controller, type JsonObject } from '@fairlead/domain';
import type { Cluster } from '@fairlead/engine';
import {
  driftContract,
  readClusterKinds,
  type ClusterEdit,
  type ClusterKinds,
  type DriftWorld,
  type EditedObject,
} from '@fairlead/engine/testing';
import { clusterUnderTest, kubeClient, type ClusterUnderTest, type KubeClient } from '@fairlead/sandbox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubernetesClusters } from './kubernetes-cluster.ts';

let kubernetes: ClusterUnderTest;
let client: KubeClient;
let cluster: Cluster;
let kinds: ClusterKinds;
let worlds = 0;

beforeAll(async () => {
  kubernetes = await clusterUnderTest({ latencyMs: 1 });
  client = await kubeClient(kubernetes.kubeconfig());
  cluster = kubernetesClusters({ clusters: [{ name: 'home', kubeconfig: { kind: 'text', text: kubernetes.kubeconfig() } }] });
  kinds = await readClusterKinds(cluster, 'home');
});
afterAll(async () => {
  client.close();
  await kubernetes[Symbol.asyncDispose]();
});

const plurals: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  NetworkPolicy: 'networkpolicies',
  Service: 'services',
};

function collectionPath(apiVersion: string, kind: string, namespace: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/namespaces/${namespace}/${plurals[kind] ?? ''}`;
}

function pathsOf(object: JsonObject, home: string): { readonly collection: string; readonly path: string } {
  const { group, version, kind, namespace = home, name } = objectRefOf(object);
  const collection = collectionPath(group === '' ? version : `${group}/${version}`, kind, namespace);
  return { collection, path: `${collection}/${name}` };
}

interface Way {
  readonly how: string;
  readonly controller: Controller;
  readonly deliver: (object: JsonObject) => Promise<unknown>;
}

const ways: readonly Way[] = [
  { how: 'Argo CD applied on the client side', controller: 'argocd', deliver: applyOnClientSide },
  { how: 'Argo CD applied on the server side', controller: 'argocd', deliver: (object) => applyOnServerSide('argocd-controller', object) },
  { how: 'Flux applied', controller: 'flux', deliver: (object) => applyOnServerSide('kustomize-controller', object) },
];

/** As `kubectl apply`, and Argo CD by default: the whole object is created, with itself as an annotation. */
function applyOnClientSide(object: JsonObject): Promise<unknown> {
  const { name, namespace = '' } = objectRefOf(object);
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object) };
  const body = { ...object, metadata: { ...labelsOf(object), name, namespace, annotations } };
  return client.send({ verb: 'POST', path: pathsOf(object, '').collection, query: { fieldManager: 'argocd-controller' }, body });
}

function labelsOf({ metadata }: JsonObject): JsonObject {
  return typeof metadata === 'object' && metadata !== null && 'labels' in metadata ? { labels: metadata['labels'] } : {};
}

function applyOnServerSide(manager: string, object: JsonObject, home = ''): Promise<unknown> {
  const query = { fieldManager: manager, force: 'true' };
  return client.send({ verb: 'PATCH', path: pathsOf(object, home).path, query, body: object, contentType: 'application/apply-patch+yaml' });
}

const patchTypes = { merge: 'application/merge-patch+json', strategic: 'application/strategic-merge-patch+json' } as const;

function edit(made: ClusterEdit, namespace: string): Promise<unknown> {
  switch (made.verb) {
    case 'apply':
      return applyOnServerSide(made.manager, made.object, namespace);
    case 'create':
      return client.send({
        verb: 'POST',
        path: pathsOf(made.object, namespace).collection,
        query: { fieldManager: made.manager },
        body: made.object,
      });
    case 'patch':
      return client.send({
        verb: 'PATCH',
        path: `${pathOf(made.object, namespace)}${made.subresource === undefined ? '' : `/${made.subresource}`}`,
        query: { fieldManager: made.manager },
        body: made.patch,
        contentType: patchTypes[made.type],
      });
    case 'delete':
      return client.send({ verb: 'DELETE', path: pathOf(made.object, namespace) });
  }
}

function pathOf({ apiVersion, kind, name }: EditedObject, namespace: string): string {
  return `${collectionPath(apiVersion, kind, namespace)}/${name}`;
}

/** A namespace of its own, in the cluster of all. */
async function world({ controller, deliver }: Way): Promise<DriftWorld> {
  worlds += 1;
  const namespace = `drift-${String(worlds)}`;
  await client.send({ verb: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
  return {
    cluster,
    kinds,
    name: 'home',
    namespace,
    controller,
    deliver,
    edit: (made) => edit(made, namespace),
    now: () => new Date(),
  };
}

describe.each(ways)('the drift suite, on an API server, where $how', (way) => {
  it.each(Object.entries(driftContract))('%s', async (_case, run) => {
    await run(await world(way), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
