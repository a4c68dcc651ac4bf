import type { JsonObject } from '../json/json.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { exampleEnvironments } from './example-environments.ts';

/** What the example's clusters have before anything is delivered to them: namespaces, that of the controller too, and the Vault store. */
export async function createClusterObjects(client: KubeClient, controllerNamespace: string): Promise<void> {
  const create = (path: string, body: JsonObject): Promise<unknown> =>
    client.send({ verb: 'POST', path, query: { fieldManager: 'platform-team' }, body });
  for (const name of [controllerNamespace, ...exampleEnvironments.map(({ namespace }) => namespace)]) {
    await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  await create('/apis/external-secrets.io/v1/clustersecretstores', vault);
}

const vault: JsonObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  metadata: { name: 'vault' },
  spec: { provider: { vault: { server: 'https://vault.example.com', path: 'gpuaas', version: 'v2' } } },
};

/** The name of the Application or the Kustomization that delivers an environment of the example. */
export function targetName(environment: string): string {
  return `platform-control-${environment}`;
}
