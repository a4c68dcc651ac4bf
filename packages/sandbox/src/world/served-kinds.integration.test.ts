import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { resourceHealth } from '../argocd/health/resource-health.ts';
import { listAt, textAt, type JsonObject } from '../json/json.ts';
import { kubeClient, type KubeClient } from '../kube/kube-client.ts';
import { isKubeObject } from '../kube/kube-object.ts';
import { startKubernetes, type KubernetesSandbox } from '../kubernetes/start-kubernetes.ts';
import { serveKinds, type WorldKind } from './served-kinds.ts';

let kubernetes: KubernetesSandbox;
let client: KubeClient;

beforeEach(async () => {
  kubernetes = await startKubernetes({ latencyMs: 2 });
  client = await kubeClient(kubernetes.kubeconfig());
});

afterEach(async () => {
  client.close();
  await kubernetes[Symbol.asyncDispose]();
});

const certificate: WorldKind = { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', plural: 'certificates', namespaced: true };
const sealed: WorldKind = { group: 'bitnami.com', version: 'v1alpha1', kind: 'SealedSecret', plural: 'sealedsecrets', namespaced: true };

function create(path: string, body: JsonObject): Promise<unknown> {
  return client.send({ verb: 'POST', path, body });
}

it('defines what the API does not serve, and nothing else', async () => {
  const deployment = { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true };
  const named = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web' }, spec: { anything: ['goes'] } };

  expect(await serveKinds(client, [deployment, certificate])).toEqual([certificate]);

  await create('/apis/cert-manager.io/v1/namespaces/default/certificates', named);
  expect(await serveKinds(client, [certificate])).toEqual([]);
});

it('adds a version to what is defined in another, and keeps that one', async () => {
  const older = { group: 'external-secrets.io', version: 'v1beta1', kind: 'ExternalSecret', plural: 'externalsecrets', namespaced: true };

  await serveKinds(client, [older]);

  for (const version of ['v1', 'v1beta1']) {
    const listed = await client.send({ verb: 'GET', path: `/apis/external-secrets.io/${version}/externalsecrets` });
    expect(listAt(listed, 'items')).toEqual([]);
  }
});

it('leaves a kind of no group to whoever asks for it: no definition could have it', async () => {
  expect(await serveKinds(client, [{ ...certificate, group: '', version: 'v1beta1' }])).toEqual([]);
});

it.each([
  { kind: certificate, spec: {} },
  { kind: sealed, spec: { encryptedData: {} } },
  { kind: { group: 'apiregistration.k8s.io', version: 'v1', kind: 'APIService', plural: 'apiservices', namespaced: false }, spec: {} },
])('has an answer for each $kind.kind, so that Argo CD calls it healthy', async ({ kind, spec }) => {
  const { group, version, plural, namespaced } = kind;
  await serveKinds(client, [kind]);
  const path = `/apis/${group}/${version}${namespaced ? '/namespaces/default' : ''}/${plural}`;
  await create(path, { apiVersion: `${group}/${version}`, kind: kind.kind, metadata: { name: 'a.b' }, spec });

  expect(await eventualHealth(`${path}/a.b`)).toBe('Healthy');
});

/** The last one before patience ends. */
async function eventualHealth(path: string): Promise<string | undefined> {
  for (let left = 200; ; left -= 1) {
    const object = await client.send({ verb: 'GET', path });
    const health = isKubeObject(object) ? resourceHealth(object) : undefined;
    const status = textAt({ ...health }, 'status');
    if (status === 'Healthy' || left === 0) return status;
    await pause(10);
  }
}
