import { startFlux } from '../flux/flux.ts';
import { kustomizationVersion } from '../flux/kustomization/flux-kustomization.ts';
import { sourceVersion } from '../flux/source/source-version.ts';
import type { JsonObject } from '../json/json.ts';
import { createClusterObjects, targetName } from './cluster-objects.ts';
import type { ControllerSetting, ExampleController } from './example-controller.ts';
import { exampleEnvironments } from './example-environments.ts';

export const fluxNamespace = 'flux-system';

const kustomizations = `/apis/${kustomizationVersion}/namespaces/${fluxNamespace}/kustomizations`;
const source = 'platform-control';

/** One source, and a Kustomization for each environment. What is on `main` is delivered without being asked for: that is Flux's way. */
export async function deliverByFlux({ client, kubeconfig, repositoryUrl }: ControllerSetting): Promise<ExampleController> {
  await createClusterObjects(client, fluxNamespace);
  const create = (path: string, body: JsonObject): Promise<unknown> =>
    client.send({ verb: 'POST', path, query: { fieldManager: 'platform-team' }, body });
  await create(`/apis/${sourceVersion}/namespaces/${fluxNamespace}/gitrepositories`, gitRepository(repositoryUrl));
  for (const { name } of exampleEnvironments) await create(kustomizations, kustomization(name));
  const flux = await startFlux({ kubeconfig });
  return {
    pushed() {
      // The source looks again at its next interval; a cluster that is going away needs no news.
      flux.notifyPush().catch(() => undefined);
    },
    targetPath: (environment) => `${kustomizations}/${targetName(environment)}`,
    [Symbol.asyncDispose]: () => flux[Symbol.asyncDispose](),
  };
}

function gitRepository(url: string): JsonObject {
  return {
    apiVersion: sourceVersion,
    kind: 'GitRepository',
    metadata: { name: source, namespace: fluxNamespace },
    spec: { interval: '1m', url, ref: { branch: 'main' } },
  };
}

function kustomization(environment: string): JsonObject {
  return {
    apiVersion: kustomizationVersion,
    kind: 'Kustomization',
    metadata: { name: targetName(environment), namespace: fluxNamespace },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '3m',
      path: `./environments/${environment}`,
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: source },
    },
  };
}
