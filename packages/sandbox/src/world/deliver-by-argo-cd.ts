import { applicationVersion } from '../argocd/application/application.ts';
import { startArgoCd } from '../argocd/argo-cd.ts';
import type { JsonObject } from '../json/json.ts';
import { createClusterObjects, targetName } from './cluster-objects.ts';
import type { ControllerSetting, ExampleController } from './example-controller.ts';
import { exampleEnvironments } from './example-environments.ts';

const namespace = 'argocd';
const applications = `/apis/${applicationVersion}/namespaces/${namespace}/applications`;

/** An Application for each environment, that nobody syncs but Fairlead. */
export async function deliverByArgoCd({ client, kubeconfig, repositoryUrl }: ControllerSetting): Promise<ExampleController> {
  await createClusterObjects(client, namespace);
  for (const environment of exampleEnvironments) {
    const body = application({ ...environment, repositoryUrl });
    await client.send({ verb: 'POST', path: applications, query: { fieldManager: 'platform-team' }, body });
  }
  const argo = await startArgoCd({ kubeconfig });
  return {
    pushed() {
      for (const { name } of exampleEnvironments) argo.refresh(targetName(name));
    },
    targetPath: (environment) => `${applications}/${targetName(environment)}`,
    [Symbol.asyncDispose]: () => argo[Symbol.asyncDispose](),
  };
}

interface Delivered {
  readonly name: string;
  readonly namespace: string;
  readonly repositoryUrl: string;
}

function application({ name, namespace: destination, repositoryUrl }: Delivered): JsonObject {
  return {
    apiVersion: applicationVersion,
    kind: 'Application',
    metadata: { name: targetName(name), namespace },
    spec: {
      project: 'default',
      source: { repoURL: repositoryUrl, path: `environments/${name}`, targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: destination },
    },
  };
}
