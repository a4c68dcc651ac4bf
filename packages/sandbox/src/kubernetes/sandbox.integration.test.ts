import { KubeConfig } from '@kubernetes/client-node';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { collect, openWorld, type ContractWorld } from './contract/contract-world.ts';
import { deployment } from './contract/workloads.ts';
import { parseJson, toJson, type JsonObject } from './json/json.ts';
import { numberAt, objectAt, objectsAt, textAt, withAt, without } from './json/json-path.ts';
import { startKubernetes, type KubernetesOptions, type KubernetesSandbox } from './start-kubernetes.ts';

let sandbox: KubernetesSandbox | undefined;

afterEach(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  sandbox = undefined;
});

async function start(options: KubernetesOptions = {}): Promise<ContractWorld> {
  sandbox = await startKubernetes({ latencyMs: 2, ...options });
  return openWorld(configOf(sandbox.kubeconfig()), 'shop');
}

function configOf(text: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(text);
  return kubeConfig;
}

const isReady = (object: JsonObject): boolean =>
  objectsAt(object, 'status', 'conditions').some(({ type, status }) => type === 'Ready' && status === 'True');

describe('the history of the sandbox', () => {
  it('tells a watcher that comes too late to start again', async () => {
    const world = await start({ historyLimit: 3 });
    const list = await world.ok('GET', world.path('configmaps'));
    for (const name of ['a', 'b', 'c', 'd']) await world.ok('POST', world.path('configmaps'), { body: { metadata: { name } } });

    const query = { resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '' };
    const seen = await collect(world, { path: world.path('configmaps'), query }, () => true);

    expect(seen.map(({ type, object }) => [type, object['code'], object['reason']])).toEqual([['ERROR', 410, 'Expired']]);
  });

  it('sends a last bookmark before a watch ends', async () => {
    const world = await start();
    const query = { allowWatchBookmarks: 'true', timeoutSeconds: '3', labelSelector: 'none' };

    const seen = await collect(world, { path: world.path('configmaps'), query }, (events) => events.length > 0);

    expect(seen.map(({ type }) => type)).toEqual(['BOOKMARK']);
  });
});

describe('the limits of the sandbox', () => {
  it('takes no body beyond three megabytes', async () => {
    const world = await start();
    const body = { metadata: { name: 'big' }, data: { text: 'x'.repeat(3 * 1024 * 1024) } };

    world.refused(await world.call('POST', world.path('configmaps'), { body }), 413, 'RequestEntityTooLarge');
  });

  it('lives on after a watch from a version that is none', async () => {
    const world = await start();

    const query = { watch: 'true', resourceVersion: 'yesterday' };
    world.refused(await world.call('GET', world.path('configmaps'), { query }), 400, 'BadRequest');

    await world.ok('GET', world.path('configmaps'));
  });

  it('lets a token do what its rules say and tells it what that is', async () => {
    const rules = [{ verbs: ['get'], groups: [''], resources: ['configmaps'], namespaces: ['shop'] }];
    const world = await start({ tokens: [{ token: 'reader-token', user: 'reader', rules }] });
    const headers = { authorization: 'Bearer reader-token' };
    const review = (verb: string): Promise<JsonObject> => {
      const body = { spec: { resourceAttributes: { verb, resource: 'configmaps', namespace: 'shop' } } };
      return world.ok('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { body, headers });
    };

    expect((await world.call('GET', world.path('configmaps', 'kube-root-ca.crt'), { headers })).code).toBe(200);
    world.refused(await world.call('DELETE', world.path('configmaps', 'kube-root-ca.crt'), { headers }), 403, 'Forbidden');
    expect([(await review('get'))['status'], (await review('delete'))['status']]).toMatchObject([{ allowed: true }, { allowed: false }]);
  });

  it('answers nobody without a token, but says that it lives', async () => {
    await start();
    const url = sandbox?.url ?? '';

    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/namespaces`)).status).toBe(401);
  });
});

describe('the controllers of the sandbox', () => {
  it('make the secret of an external secret, owned by it and with values of their own', async () => {
    const world = await start();
    const data = [{ secretKey: 'password', remoteRef: { key: 'shop/db' } }];
    const resource = 'external-secrets.io/v1/externalsecrets';
    const body = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db' },
      spec: { target: { name: 'db-login' }, data },
    };

    await world.ok('POST', world.path(resource), { body });
    await world.until(resource, 'db', isReady);

    const secret = await world.ok('GET', world.path('secrets', 'db-login'));
    expect(Object.keys(objectAt(secret, 'data'))).toEqual(['password']);
    expect(objectsAt(secret, 'metadata', 'ownerReferences')).toMatchObject([{ kind: 'ExternalSecret', name: 'db', controller: true }]);
  });

  it('scale a deployment up to the least that its autoscaler wants, under the name of the controller manager', async () => {
    const world = await start();
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const body = { metadata: { name: 'web' }, spec: { minReplicas: 3, maxReplicas: 5, scaleTargetRef } };
    await world.ok('POST', world.path('apps/v1/deployments'), { body: deployment('web') });

    await world.ok('POST', world.path('autoscaling/v2/horizontalpodautoscalers'), { body });
    await world.until('autoscaling/v2/horizontalpodautoscalers', 'web', (one) => numberAt(one, 'status', 'currentReplicas') === 3);

    const scaled = await world.ok('GET', world.path('apps/v1/deployments', 'web'));
    const owners = objectsAt(scaled, 'metadata', 'managedFields').map((entry) => [entry['manager'], entry['subresource']]);
    expect(owners).toContainEqual(['kube-controller-manager', 'scale']);
  });

  it('call a custom resource of an example ready, for its present generation', async () => {
    const world = await start();
    const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: open }, subresources: { status: {} } };
    const spec = { group: 'gpu.example.test', scope: 'Namespaced', names: { kind: 'Pool', plural: 'pools' }, versions: [version] };
    await world.ok('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      body: { metadata: { name: 'pools.gpu.example.test' }, spec },
    });
    const resource = 'gpu.example.test/v1/pools';
    const pool = { apiVersion: 'gpu.example.test/v1', kind: 'Pool', metadata: { name: 'a' }, spec: { size: 1 } };

    await world.ok('POST', world.path(resource), { body: pool });
    await world.until(resource, 'a', isReady);
    await world.ok('PATCH', world.path(resource, 'a'), { body: { spec: { size: 2 } }, contentType: 'application/merge-patch+json' });

    await world.until(resource, 'a', (one) => isReady(one) && numberAt(one, 'status', 'observedGeneration') === 2);
  });

  it('say of ingresses, claims and budgets what a finished rollout has', async () => {
    const world = await start();
    await world.ok('POST', world.path('apps/v1/deployments'), { body: deployment('web', { replicas: 2 }) });
    const rule = { host: 'shop.example.test' };
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const budget = { minAvailable: 1, selector: { matchLabels: { app: 'web' } } };

    await world.ok('POST', world.path('networking.k8s.io/v1/ingresses'), { body: { metadata: { name: 'web' }, spec: { rules: [rule] } } });
    await world.ok('POST', world.path('persistentvolumeclaims'), { body: { metadata: { name: 'data' }, spec: claim } });
    await world.ok('POST', world.path('policy/v1/poddisruptionbudgets'), { body: { metadata: { name: 'web' }, spec: budget } });

    await world.until('networking.k8s.io/v1/ingresses', 'web', (one) => objectsAt(one, 'status', 'loadBalancer', 'ingress').length === 1);
    await world.until('persistentvolumeclaims', 'data', (one) => textAt(one, 'status', 'phase') === 'Bound');
    await world.until('policy/v1/poddisruptionbudgets', 'web', (one) => numberAt(one, 'status', 'disruptionsAllowed') === 1);
  });
});

describe('a deployment recorded on a real cluster', () => {
  const recorded = async (file: string): Promise<JsonObject> =>
    objectAt(parseJson(await readFile(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')));

  /** What differs between any two clusters and says nothing about either. */
  const comparable = (object: JsonObject): JsonObject => {
    const owners = objectsAt(object, 'metadata', 'managedFields').map((entry) => without(entry, 'time'));
    const metadata = without(objectAt(object, 'metadata'), 'uid', 'resourceVersion', 'creationTimestamp', 'namespace');
    const conditions = objectsAt(object, 'status', 'conditions').map(({ type, status, reason }) => toJson({ type, status, reason }));
    return withAt({ ...object, metadata: { ...metadata, managedFields: owners } }, ['status', 'conditions'], conditions);
  };

  const isDone = (object: JsonObject): boolean =>
    objectsAt(object, 'status', 'conditions').some(({ reason }) => reason === 'NewReplicaSetAvailable');

  it('comes out the same when it is created here', async () => {
    const world = await start();
    const real = await recorded('recorded-deployment-updated.json');
    const lastApplied = textAt(real, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration') ?? '';
    const manifest = withAt(parseJson(lastApplied), ['metadata', 'namespace'], undefined);
    const annotations = without(objectAt(real, 'metadata', 'annotations'), 'deployment.kubernetes.io/revision');
    const body = withAt(manifest, ['metadata', 'annotations'], annotations);

    await world.ok('POST', world.path('apps/v1/deployments'), { body, query: { fieldManager: 'argocd-controller' } });

    expect(comparable(await world.until('apps/v1/deployments', 'web', isDone))).toEqual(comparable(real));
  });

  it('comes out the same when it is applied here', async () => {
    const world = await start();
    const real = await recorded('recorded-deployment-applied.json');
    const { replicas = 0, selector = {}, template = {} } = objectAt(real, 'spec');
    const [container = {}] = objectsAt(template, 'spec', 'containers');
    const applied = without(container, 'imagePullPolicy', 'terminationMessagePath', 'terminationMessagePolicy');
    const pod = { metadata: objectAt(template, 'metadata'), spec: { containers: [applied] } };
    const metadata = { name: 'web', labels: objectAt(real, 'metadata', 'labels') };
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas, selector, strategy: {}, template: pod } };

    const query = { fieldManager: 'kustomize-controller', force: 'true' };
    await world.ok('PATCH', world.path('apps/v1/deployments', 'web'), { body, query, contentType: 'application/apply-patch+yaml' });

    expect(comparable(await world.until('apps/v1/deployments', 'web', isDone))).toEqual(comparable(real));
  });
});

describe('a disposed sandbox', () => {
  it('leaves nothing behind that keeps its process alive', async () => {
    const program = new URL('./fixtures/start-and-dispose.ts', import.meta.url).pathname;

    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', program]);

    expect(stdout).toBe('201 200');
  });

  it('ends the watches of its clients', async () => {
    const world = await start();
    const list = await world.ok('GET', world.path('configmaps'));
    const query = { resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '' };
    const watching = collect(world, { path: world.path('configmaps'), query }, () => false);
    await world.ok('POST', world.path('configmaps'), { body: { metadata: { name: 'a' } } });

    await sandbox?.[Symbol.asyncDispose]();

    await expect(watching).resolves.toBeInstanceOf(Array);
  });
});
