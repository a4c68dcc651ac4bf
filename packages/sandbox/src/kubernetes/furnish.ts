import type { Cluster } from './api/cluster.ts';
import { createObject } from './api/create-object.ts';
import type { JsonObject } from './json/json.ts';
import { textAt } from './json/json-path.ts';
import { preinstalledDefinitions } from './resources/preinstalled-definitions.ts';

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}));

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-1',
    labels: { 'kubernetes.io/hostname': 'node-1', 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
  },
};

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'sandbox.invalid/none',
};

const ingressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
  spec: { controller: 'k8s.io/ingress-nginx' },
};

/** What a cluster has before anyone uses it. */
export function furnish(cluster: Cluster): void {
  const objects: readonly JsonObject[] = [...namespaces, node, storageClass, ingressClass, ...preinstalledDefinitions];
  for (const body of objects) {
    const type = cluster.registry.byKind(textAt(body, 'apiVersion') ?? '', textAt(body, 'kind') ?? '');
    if (type !== undefined) createObject(cluster, { type, namespace: undefined, body, writer: { manager: 'kube-apiserver' } });
  }
}
