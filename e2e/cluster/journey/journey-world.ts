import {
  assessDelivery,
  builtInSchemas,
  compareEnvironment,
  driftRules,
  EnvironmentId,
  OperationId,
  trustedManagersOf,
  type CommitSha,
  type DeliveryTarget,
  type DriftFinding,
  type JsonObject,
} from '@fairlead/domain';
import { kubernetesClusters, type KubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { argoCdDelivery } from '@fairlead/adapters/delivery/argocd';
import { fluxDelivery } from '@fairlead/adapters/delivery/flux';
import { kubeClient, type KubeClient } from '@fairlead/sandbox/testing';
import { vi } from 'vitest';
import { controllerObjects } from './controller-objects.ts';
import { desiredObjects } from './desired-objects.ts';
import { collectionPath, objectPath } from './object-path.ts';
import { pushFolder, removeBranch } from './push-folder.ts';
import { openStage, type Controller, type Stage } from './stage.ts';

const cluster = 'e2e';
const name = 'fairlead-e2e';
const path = 'overlay';
const patienceMs = 90_000;

/** A small service, pushed and handed to the controller. */
export interface JourneyWorld extends AsyncDisposable {
  readonly stage: Stage;
  readonly client: KubeClient;
  /** Resolves when the controller has delivered the commit, as Fairlead judges it. */
  delivered(): Promise<void>;
  /** What differs from the pushed objects now. */
  drift(): Promise<readonly DriftFinding[]>;
}

export async function journeyWorld(controller: Controller): Promise<JourneyWorld> {
  await using stack = new AsyncDisposableStack(); // whatever fails, nothing stays behind
  const stage = stack.use(await openStage(controller));
  const client = stack.adopt(await kubeClient(stage.kubeconfig), (open) => {
    open.close();
  });
  const commit = await pushFolder(stage, overlayFiles(stage.namespace));
  stack.defer(() => removeBranch(stage));
  const namespaces = [stage.namespace, stage.controllerNamespace].map((own) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: own },
  }));
  for (const namespace of namespaces)
    await client.send({ verb: 'POST', path: collectionPath(namespace), body: namespace }).catch(() => undefined);
  stack.defer(async () => {
    await client.send({ verb: 'DELETE', path: `/api/v1/namespaces/${stage.namespace}` });
  });
  for (const object of controllerObjects(stage, name, path)) {
    await client.send({ verb: 'POST', path: collectionPath(object), body: object });
    stack.defer(async () => {
      await client.send({ verb: 'DELETE', path: objectPath(object) });
    });
  }
  const clusters = kubernetesClusters({ clusters: [{ name: cluster, kubeconfig: { kind: 'text', text: stage.kubeconfig } }] });
  const owned = stack.move();
  return {
    stage,
    client,
    delivered: () => delivered(clusters, stage, commit),
    drift: () => driftNow(clusters, stage),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function overlayFiles(namespace: string): Readonly<Record<string, string>> {
  const manifests = desiredObjects.map((object, index) => [`object-${index.toString()}.yaml`, JSON.stringify(object)] as const);
  const kustomization = { namespace, resources: manifests.map(([file]) => file) };
  const files = [...manifests, ['kustomization.yaml', JSON.stringify(kustomization)] as const];
  return Object.fromEntries(files.map(([file, content]) => [`${path}/${file}`, content]));
}

async function delivered(clusters: KubernetesClusters, stage: Stage, commit: CommitSha): Promise<void> {
  const target: DeliveryTarget = { controller: stage.controller, cluster, namespace: stage.controllerNamespace, name };
  const delivery = stage.controller === 'argocd' ? argoCdDelivery({ clusters }) : fluxDelivery({ clusters });
  const request = {
    operation: OperationId.parse(`op-${'0'.repeat(26)}`),
    revision: commit,
    path,
    prune: false,
    mayPrune: [],
    actor: 'e2e',
    info: {},
  };
  const sync = async (): Promise<JsonObject | undefined> => {
    const outcome = await delivery.requestSync(target, request);
    return outcome.kind === 'accepted' || outcome.kind === 'already-there' ? outcome.asked : undefined;
  };
  let asked: JsonObject | undefined;
  await vi.waitUntil(
    async () => {
      if (stage.controller === 'argocd') asked ??= await sync();
      const seen = await delivery.observe(target);
      const operation = asked === undefined ? {} : { operation: request.operation, asked };
      const verdict = assessDelivery({ commit, path, containment: {}, statusMaxAgeMs: 360_000, ...operation }, seen, new Date());
      if (verdict.refresh === true) await delivery.requestRefresh(target);
      return verdict.kind === 'delivered';
    },
    { timeout: patienceMs, interval: 200 },
  );
}

async function driftNow(clusters: KubernetesClusters, stage: Stage): Promise<readonly DriftFinding[]> {
  const rules = driftRules({
    environment: EnvironmentId.parse('web/e2e'),
    target: name,
    schemas: builtInSchemas,
    trustedManagers: trustedManagersOf(stage.controller),
    ownedNamespaces: [stage.namespace],
    ignore: [],
    declared: [],
    hashSecret: (value) => value,
    namespace: stage.namespace,
  });
  const live: JsonObject[] = [];
  await clusters.listObjects({ cluster, namespaces: [stage.namespace] }, ({ object }) => live.push(object));
  return compareEnvironment(rules, { desired: desiredObjects, live }, new Date().toISOString()).findings;
}
