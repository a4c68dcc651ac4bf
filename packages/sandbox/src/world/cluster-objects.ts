import { applicationVersion } from '../argocd/application/application.ts';
import type { JsonObject } from '../json/json.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { exampleEnvironments } from './example-environments.ts';

/** What the example's clusters have before anything is delivered to them: namespaces, the Vault store, and an Application each that nobody syncs but Fairlead. */
export async function createClusterObjects(client: KubeClient, repositoryUrl: string): Promise<void> {
  const create = (path: string, body: JsonObject): Promise<unknown> =>
    client.send({ verb: 'POST', path, query: { fieldManager: 'platform-team' }, body });
  for (const name of ['argocd', ...exampleEnvironments.map(({ namespace }) => namespace)]) {
    await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  await create('/apis/external-secrets.io/v1/clustersecretstores', vault);
  for (const { name, namespace } of exampleEnvironments) {
    await create(`/apis/${applicationVersion}/namespaces/argocd/applications`, application({ name, namespace, repositoryUrl }));
  }
}

const vault: JsonObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  metadata: { name: 'vault' },
  spec: { provider: { vault: { server: 'https://vault.example.com', path: 'gpuaas', version: 'v2' } } },
};

/** The name of the Application that delivers an environment of the example. */
export function applicationName(environment: string): string {
  return `platform-control-${environment}`;
}

interface Delivered {
  readonly name: string;
  readonly namespace: string;
  readonly repositoryUrl: string;
}

function application({ name, namespace, repositoryUrl }: Delivered): JsonObject {
  return {
    apiVersion: applicationVersion,
    kind: 'Application',
    metadata: { name: applicationName(name), namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: repositoryUrl, path: `environments/${name}`, targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace },
    },
  };
}
