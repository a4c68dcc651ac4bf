import { KubeConfig } from '@kubernetes/client-node';
import { UpstreamError, type DryApplied, type JsonObject } from '@fairlead/domain';
import { clusterUnderTest, type ClusterUnderTest } from '@fairlead/sandbox/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kubernetesClusters, type KubernetesClusters } from './kubernetes-cluster.ts';
import { objectWriter } from './testing/object-writer.ts';

let kubernetes: ClusterUnderTest;
let clusters: KubernetesClusters;

const namespace = 'rehearsal';
const settings: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data: { level: 'info' } };
const ref = { group: '', version: 'v1', kind: 'ConfigMap', namespace, name: 'settings' };

beforeAll(async () => {
  kubernetes = await clusterUnderTest({ latencyMs: 1 });
  clusters = clustersOf(kubernetes.kubeconfig());
  const admin = new KubeConfig();
  admin.loadFromString(kubernetes.kubeconfig());
  const writer = objectWriter(admin);
  await writer.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await writer.apply(settings);
});
afterAll(() => kubernetes[Symbol.asyncDispose]());

function clustersOf(text: string): KubernetesClusters {
  return kubernetesClusters({ clusters: [{ name: 'home', kubeconfig: { kind: 'text', text } }], requestTimeoutMs: 10_000 });
}

const made = (answer: DryApplied | undefined): JsonObject => (answer?.kind === 'applied' ? answer.object : {});
const reason = (answer: DryApplied | undefined): string => (answer?.kind === 'refused' ? answer.reason : 'not refused');

it('says what an object would become, and stores nothing of it', async () => {
  const before = await clusters.readObject('home', ref);

  const [answer] = await clusters.applyDry('home', [{ ...settings, data: { level: 'debug', mode: 'x' } }]);

  expect(made(answer)['data']).toEqual({ level: 'debug', mode: 'x' });
  expect(await clusters.readObject('home', ref)).toEqual(before);
});

it('fills in what the server would, for an object that is not there and stays away', async () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ port: 80 }] } };

  const [answer] = await clusters.applyDry('home', [service]);

  expect(made(answer)['spec']).toMatchObject({ type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }] });
  expect(await clusters.readObject('home', { ...ref, kind: 'Service', name: 'web' })).toBe('absent');
});

it('shows what the server writes over what is asked for', async () => {
  const labels = { 'kubernetes.io/metadata.name': 'another' };

  const [answer] = await clusters.applyDry('home', [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);

  expect(made(answer)['metadata']).toMatchObject({ labels: { 'kubernetes.io/metadata.name': namespace } });
});

it('answers each in its place: refused are a kind that nobody serves, and what is invalid', async () => {
  const gadget = { apiVersion: 'shop.example.com/v1', kind: 'Gadget', metadata: { name: 'g', namespace } };
  const labels = { app: 'web' };
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } };
  const invalid = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace }, spec };

  const answers = await clusters.applyDry('home', [gadget, settings, invalid]);

  expect(answers.map(({ kind }) => kind)).toEqual(['refused', 'applied', 'refused']);
  expect(reason(answers[0])).toBe('the cluster does not serve Gadget of shop.example.com');
  expect(reason(answers[2])).toMatch(/a dry run of Deployment web: 422 .*Required value/);
});

it('is refused without the right to patch', async () => {
  const [answer] = await clustersOf(kubernetes.limitedKubeconfig()).applyDry('home', [settings]);

  expect(reason(answer)).toMatch(/a dry run of ConfigMap settings: 403 .*cannot patch/);
});

it('throws where no API server answers: that is no word about the object', async () => {
  const away = clustersOf(kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));

  await expect(away.applyDry('home', [settings])).rejects.toThrow(UpstreamError);
});
