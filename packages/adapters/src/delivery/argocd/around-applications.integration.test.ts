import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  loadYaml,
  type V1Namespace,
  type V1StatefulSet,
} from '@kubernetes/client-node';
import {
  assessDelivery,
  CommitSha,
  OperationId,
  type DeliveryObservation,
  type DeliveryTarget,
  type JsonObject,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';
import { startKubernetes, type KubernetesSandbox } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { argoCdDelivery } from './argocd-delivery.ts';
import type { ArgoCdOptions } from './options.ts';
import { PlayedController } from './testing/played-controller.ts';

const commit = CommitSha.parse('a'.repeat(40));
const target: DeliveryTarget = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'pc-dev' };
const rule = { verbs: ['get', 'list', 'watch'], groups: ['argoproj.io'] };
const tokens = [{ token: 'narrow', user: 'narrow', rules: [{ ...rule, resources: ['applications'], namespaces: ['argocd'] }] }];

let kubernetes: KubernetesSandbox;
let config: KubeConfig;
let controller: PlayedController;

beforeEach(async () => {
  kubernetes = await startKubernetes({ tokens });
  config = configOf(kubernetes.kubeconfig());
  controller = new PlayedController(config, target, commit);
});

afterEach(() => kubernetes[Symbol.asyncDispose]());

function configOf(text: string): KubeConfig {
  const read = new KubeConfig();
  read.loadFromString(text);
  return read;
}

function delivery(options: Partial<ArgoCdOptions> = {}, token?: string): Delivery {
  return argoCdDelivery({ clusters: { kubeConfig: () => configOf(kubernetes.kubeconfig(token)) }, ...options });
}

function request(change: Partial<SyncRequest> = {}): SyncRequest {
  const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
  return { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info: {}, ...change };
}

async function createProject(name: string, syncWindows: readonly JsonObject[]): Promise<void> {
  const body = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name }, spec: { syncWindows } };
  const place = { group: 'argoproj.io', version: 'v1alpha1', namespace: 'argocd', plural: 'appprojects' };
  await config.makeApiClient(CustomObjectsApi).createNamespacedCustomObject({ ...place, body });
}

async function createApplication(namespace: string, name: string, source: JsonObject): Promise<void> {
  const body = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name },
    spec: { project: 'default', source, destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' } },
  };
  await config
    .makeApiClient(CustomObjectsApi)
    .createNamespacedCustomObject({ group: 'argoproj.io', version: 'v1alpha1', namespace, plural: 'applications', body });
}

async function seen(of: Delivery = delivery()): Promise<Extract<DeliveryObservation, { controller: 'argocd' }>> {
  const observation = await of.observe(target);
  if (observation.kind === 'absent' || observation.controller !== 'argocd') throw new Error('no application');
  return observation;
}

describe('sync windows', () => {
  const always = { kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'] };

  it('are read from the project of the application', async () => {
    await controller.create();
    await createProject('default', [
      { kind: 'allow', schedule: '0 9 * * 1-5', duration: '8h', namespaces: ['shop'], timeZone: 'Europe/Berlin' },
    ]);

    expect((await seen()).project).toMatchObject({
      name: 'default',
      windows: [{ kind: 'allow', namespaces: ['shop'], timeZone: 'Europe/Berlin' }],
    });
  });

  it('hold a sync back before it is written', async () => {
    await controller.create();
    await createProject('default', [always]);

    expect(await delivery().requestSync(target, request())).toMatchObject({
      kind: 'busy',
      message: 'the sync windows of its project are closed by deny * * * * * for 1h (UTC)',
    });
    expect(await controller.writtenOperation()).toBeUndefined();
  });

  it('are not known where we may not read the project, which stops nothing', async () => {
    await controller.create();
    await createProject('default', [always]);

    expect((await seen(delivery({}, 'narrow'))).project).toEqual({ name: 'default' });
  });

  it('are asked for once in a while, not at each look', async () => {
    await controller.create();
    let at = new Date('2026-11-23T15:30:00Z');
    const watched = delivery({ now: () => at });
    expect((await seen(watched)).project).toEqual({ name: 'default' });
    await createProject('default', [always]);

    expect((await seen(watched)).project).toEqual({ name: 'default' });
    at = new Date('2026-11-23T15:30:11Z');
    expect((await seen(watched)).project?.windows).toHaveLength(1);
  });
});

it('says which version of the controller it looked at, where that can be seen', async () => {
  await controller.create();
  expect(await seen()).not.toHaveProperty('controllerVersion');
  const labels = { 'app.kubernetes.io/name': 'argocd-application-controller' };
  const image = 'quay.io/argoproj/argocd:v3.5.1@sha256:0000000000000000000000000000000000000000000000000000000000000000';
  const template = { metadata: { labels }, spec: { containers: [{ name: 'controller', image }] } };
  const set = {
    metadata: { name: 'argocd-application-controller', labels },
    spec: { replicas: 0, serviceName: 'x', selector: { matchLabels: labels }, template },
  };
  await config
    .makeApiClient(AppsV1Api)
    .createNamespacedStatefulSet({ namespace: 'argocd', body: loadYaml<V1StatefulSet>(JSON.stringify(set)) });

  expect((await seen()).controllerVersion).toBe('argo-cd v3.5.1');
});

describe('a search', () => {
  const env = 'https://git.example.com/env.git';
  const overlay = { repoURL: env, path: 'overlays/dev', targetRevision: 'main' };

  beforeEach(async () => {
    await controller.create();
    await config.makeApiClient(CoreV1Api).createNamespace({ body: loadYaml<V1Namespace>('metadata: { name: team }') });
    await createApplication('team', 'same', { ...overlay, repoURL: 'git@git.example.com:env', path: './overlays/dev/' });
    await createApplication('team', 'other-folder', { ...overlay, path: 'overlays/prod' });
    await createApplication('team', 'other-repository', { ...overlay, repoURL: 'https://git.example.com/app.git' });
  });

  const names = async (of: Delivery, repositories: readonly string[]): Promise<readonly string[]> => {
    const found = await of.discover('home', { path: 'overlays/dev', repositories });
    return found.map((one) => `${one.target.namespace}/${one.target.name}`).toSorted();
  };

  it('finds every application on a folder, in whatever namespace and however it is spelt', async () => {
    expect(await names(delivery(), [env])).toEqual(['team/same']);
    expect(await names(delivery(), [])).toEqual(['argocd/pc-dev', 'team/other-repository', 'team/same']);
  });

  it('finds those of our namespaces where we may not list the cluster', async () => {
    expect(await names(delivery({}, 'narrow'), [])).toEqual(['argocd/pc-dev']);
  });

  it('says where it delivers to, and whether by itself', async () => {
    const [found] = await delivery().discover('home', { path: 'overlays/dev', repositories: [env] });

    expect(found).toEqual({
      target: { ...target, namespace: 'team', name: 'same' },
      source: { repository: 'git@git.example.com:env', path: './overlays/dev/', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      automatedSync: false,
    });
  });
});

describe('a hydrated application', () => {
  const dry = { repoURL: 'https://git.example.com/app.git', path: 'overlays/dev', targetRevision: 'main' };
  const hydrated = 'f'.repeat(40);

  it('is asked for what its commit became, and asked to hydrate where that is not known', async () => {
    await controller.create({ sourceHydrator: { drySource: dry, syncSource: { targetBranch: 'env/dev', path: 'dev' } } });
    expect((await delivery().requestSync(target, request())).kind).toBe('busy');

    await delivery().requestRefresh(target);
    const annotations = (await controller.read()).metadata.annotations ?? {};
    expect([annotations['argocd.argoproj.io/refresh'], annotations['argocd.argoproj.io/hydrate']]).toEqual(['normal', 'normal']);

    await controller.patch({ status: { sourceHydrator: { lastSuccessfulOperation: { drySHA: commit, hydratedSHA: hydrated } } } });
    expect(await delivery().requestSync(target, request())).toMatchObject({ kind: 'accepted', asked: { revision: hydrated } });
  });
});

describe('while our operation is under way', () => {
  const verdictOf = async (asked: JsonObject): Promise<ReturnType<typeof assessDelivery>> => {
    const expected = { commit, operation: request().operation, asked, containment: {}, statusMaxAgeMs: 360_000 };
    const observation = await delivery().observe(target);
    return assessDelivery(expected, observation, new Date(observation.observedAt));
  };
  const begin = async (): Promise<JsonObject> => {
    await controller.create();
    const outcome = await delivery().requestSync(target, request());
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    return outcome.asked;
  };

  it('the application may be deleted', async () => {
    const asked = await begin();
    await controller.patch({ metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] } });
    await controller.remove();

    expect(await verdictOf(asked)).toMatchObject({ kind: 'unknown', missing: 'application' });
    expect((await verdictOf(asked)).reason).toMatch(/is being deleted, and what it delivered with it/);

    await controller.patch({ metadata: { finalizers: null } });
    expect((await verdictOf(asked)).reason).toMatch(/no application .* went with it/);
    expect(await delivery().requestSync(target, request())).toEqual({ kind: 'absent' });
  });

  it('the application may be made anew, without it', async () => {
    const asked = await begin();
    await controller.remove();
    await createApplication('argocd', target.name, {
      repoURL: 'https://git.example.com/app.git',
      path: 'overlays/dev',
      targetRevision: 'main',
    });

    const verdict = await verdictOf(asked);
    expect(verdict.kind).toBe('not-yet');
    expect(verdict.reason).toMatch(/made anew/);
  });

  it('somebody may put another operation in its place', async () => {
    const asked = await begin();
    const operation = { initiatedBy: { username: 'mallory' }, sync: { revision: commit } };
    await controller.patch({ operation: null });
    await controller.patch({ operation });
    await controller.carryOut();

    const verdict = await verdictOf(asked);
    expect(verdict.kind).toBe('unauthorised');
    expect(verdict.reason).toMatch(/mallory/);
  });

  it('somebody may terminate it', async () => {
    const asked = await begin();
    const operation = await controller.writtenOperation();
    await controller.patch({
      operation: null,
      status: {
        operationState: {
          operation: operation ?? {},
          phase: 'Failed',
          message: 'Operation terminated',
          finishedAt: '2026-11-23T15:30:00Z',
        },
      },
    });

    const verdict = await verdictOf(asked);
    expect(verdict.kind).toBe('failed');
    expect(verdict.reason).toMatch(/Operation terminated/);
  });
});
