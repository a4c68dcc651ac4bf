import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, KubeConfig, loadYaml, type V1Deployment, type V1Namespace } from '@kubernetes/client-node';
import { FairleadError, type LiveInventory } from '@fairlead/domain';
import { startKubernetes } from '@fairlead/sandbox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { kubernetesClusters, type KubernetesClusters } from './kubernetes-cluster.ts';
import type { ClusterOptions } from './options.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const token = 'very-secret-token';

function kubeconfig(server: string, user: object = { token }): string {
  return stringify({
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user }],
    contexts: [
      { name: 'main', context: { cluster: 'c', user: 'u' } },
      { name: 'broken', context: { cluster: 'gone', user: 'u' } },
    ],
    'current-context': 'main',
  });
}

function clusterOf(text: string, rest: Partial<ClusterOptions> = {}): KubernetesClusters {
  return kubernetesClusters({ clusters: [{ name: 'home', kubeconfig: { kind: 'text', text }, ...rest }], requestTimeoutMs: 10_000 });
}

describe('live containers', () => {
  it('are those of the pods, by the digest that runs', async () => {
    const kubernetes = await startKubernetes({ latencyMs: 1 });
    closing.push(() => kubernetes[Symbol.asyncDispose]());
    const image = `registry.example.com/pc/api@sha256:${'a'.repeat(64)}`;
    await deploy(kubernetes.kubeconfig(), image);
    const clusters = clusterOf(kubernetes.kubeconfig());

    const inventory = await vi.waitUntil(async () => whenReady(await clusters.liveContainers('home', ['pc', 'pc', 'nowhere'])), 10_000);

    expect(inventory.namespaces).toEqual(['pc', 'pc', 'nowhere']);
    const container = { namespace: 'pc', container: 'api', kind: 'main', image, digest: `sha256:${'a'.repeat(64)}`, ready: true };
    expect(inventory.containers).toMatchObject([container, container]);
    expect(inventory.containers.map(({ owner }) => owner?.kind)).toEqual(['ReplicaSet', 'ReplicaSet']);
  });

  it('are read in pages, from the start again where a page comes too late', async () => {
    const asked: string[] = [];
    const server = await serve((request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      asked.push(`${query.get('limit') ?? ''} ${query.get('continue') ?? '-'}`);
      const late = asked.length === 2;
      const body = late ? { kind: 'Status', message: 'expired', code: 410 } : page(query.get('continue'));
      response.writeHead(late ? 410 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });

    const { containers } = await clusterOf(kubeconfig(server)).liveContainers('home', ['pc']);

    expect(asked).toEqual(['500 -', '500 2', '500 -', '500 2']);
    expect(containers.map(({ pod }) => pod)).toEqual(['first', 'second']);
  });
});

function page(after: string | null): object {
  const pod = (name: string): object => ({
    metadata: { name, namespace: 'pc', uid: name, resourceVersion: '1' },
    spec: { containers: [{ name: 'api', image: 'x' }] },
  });
  return after === null
    ? { kind: 'PodList', metadata: { continue: '2' }, items: [pod('first')] }
    : { kind: 'PodList', metadata: {}, items: [pod('second')] };
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
}

async function deploy(config: string, image: string): Promise<void> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(config);
  const labels = { app: 'api' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'api', image }] } };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  const body = loadYaml<V1Deployment>(stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api' }, spec }));
  await kubeConfig.makeApiClient(CoreV1Api).createNamespace({ body: loadYaml<V1Namespace>('metadata: { name: pc }') });
  await kubeConfig.makeApiClient(AppsV1Api).createNamespacedDeployment({ namespace: 'pc', body });
}

function whenReady(inventory: LiveInventory): LiveInventory | undefined {
  const ready = inventory.containers.filter((container) => container.ready);
  return ready.length === 2 ? inventory : undefined;
}

async function faultOf(work: () => unknown): Promise<{ readonly code: string; readonly text: string }> {
  try {
    await work();
  } catch (error) {
    if (error instanceof FairleadError) return { code: error.code, text: `${error.message}; ${error.hint ?? ''}` };
    throw error;
  }
  throw new Error('it worked');
}

describe('a fault', () => {
  it('names the cluster, what was asked and what to do', async () => {
    const forbidden = await serve((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'pods is forbidden' }));
    });

    expect(await faultOf(() => clusterOf(kubeconfig(forbidden)).liveContainers('home', ['pc']))).toEqual({
      code: 'kubernetes-forbidden',
      text: 'listing the pods of namespace pc on cluster home: 403 pods is forbidden; grant our identity this right; see: fairlead doctor',
    });
  });

  it('is one to try again where nobody answers in time', async () => {
    const silent = await serve(() => undefined);
    const clusters = kubernetesClusters({
      clusters: [{ name: 'home', kubeconfig: { kind: 'text', text: kubeconfig(silent) } }],
      requestTimeoutMs: 50,
    });

    expect((await faultOf(() => clusters.liveContainers('home', ['pc']))).code).toBe('kubernetes-unreachable');
  });

  it('says that an answer is not a list of pods', async () => {
    const odd = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: [{}] }));
    });

    expect((await faultOf(() => clusterOf(kubeconfig(odd)).liveContainers('home', ['pc']))).code).toBe('kubernetes-unexpected');
  });

  it('names the clusters that there are', async () => {
    const { code, text } = await faultOf(() => clusterOf(kubeconfig('http://x')).liveContainers('away', []));

    expect(code).toBe('cluster-unknown');
    expect(text).toBe("no cluster away; add it under 'clusters' in fairlead.yaml; known: home");
    expect((await faultOf(() => kubernetesClusters({ clusters: [] }).kubeConfig('away'))).text).toContain('no cluster is configured');
  });
});

describe('a kubeconfig', () => {
  it('may be a file, whose relative paths start at its folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fairlead-kubeconfig-'));
    closing.push(() => rm(folder, { recursive: true }));
    const path = join(folder, 'config');
    await writeFile(path, kubeconfig('https://home.example.com', { 'client-certificate': 'cert.pem', 'client-key': 'key.pem' }));

    const config = kubernetesClusters({ clusters: [{ name: 'home', kubeconfig: { kind: 'file', path } }] }).kubeConfig('home');

    expect(config.getCurrentUser()?.certFile).toBe(join(folder, 'cert.pem'));
  });

  it('may name a file with a token, which is read again when the token is renewed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fairlead-token-'));
    closing.push(() => rm(folder, { recursive: true }));
    const shown: (string | undefined)[] = [];
    const server = await serve(({ headers }, response) => {
      shown.push(headers.authorization);
      response.end(JSON.stringify({ metadata: {}, items: [] }));
    });
    const path = join(folder, 'config');
    await writeFile(path, kubeconfig(server, { tokenFile: 'token' }));
    const clusters = kubernetesClusters({ clusters: [{ name: 'home', kubeconfig: { kind: 'file', path } }] });
    vi.useFakeTimers({ toFake: ['Date'] });
    closing.push(() => vi.useRealTimers());

    await writeFile(join(folder, 'token'), 'one');
    await clusters.liveContainers('home', ['pc']);
    await writeFile(join(folder, 'token'), 'two');
    vi.setSystemTime(Date.now() + 61_000);
    await clusters.liveContainers('home', ['pc']);

    expect(shown).toEqual(['Bearer one', 'Bearer two']);
  });

  it('is loaded once, and not before it is used', () => {
    const clusters = kubernetesClusters({
      clusters: [
        { name: 'home', kubeconfig: { kind: 'text', text: kubeconfig('https://home.example.com') } },
        { name: 'bad', kubeconfig: { kind: 'file', path: '/nowhere/kubeconfig' } },
      ],
    });

    expect(clusters.kubeConfig('home')).toBe(clusters.kubeConfig('home'));
  });

  it.each<[string, Partial<ClusterOptions> & { readonly text?: string }, string]>([
    ['is not there', { kubeconfig: { kind: 'file', path: '/nowhere/kubeconfig' } }, 'kubeconfig-unreadable'],
    ['is no YAML', { text: `token: "${token}` }, 'kubeconfig-unreadable'],
    ['is something else', { text: `- ${token}` }, 'kubeconfig-without-context'],
    ['has no such context', { context: 'other' }, 'kubeconfig-context-unknown'],
    ['has a context without a cluster', { context: 'broken' }, 'kubeconfig-without-context'],
    ['runs a program', { text: kubeconfig('https://x', { exec: { command: 'sh', args: ['-c', token] } }) }, 'kubeconfig-runs-programs'],
    ['loads a plugin', { text: kubeconfig('https://x', { 'auth-provider': { name: 'gcp' } }) }, 'kubeconfig-runs-programs'],
  ])('that %s is refused, without a word of what stands in it', async (_what, { text = kubeconfig('https://x'), ...rest }, code) => {
    const fault = await faultOf(() => clusterOf(text, rest).kubeConfig('home'));

    expect(fault.code).toBe(code);
    expect(fault.text).toContain('home');
    expect(fault.text).not.toContain(token);
  });

  it('may run a program where that is allowed', () => {
    const text = kubeconfig('https://x', { exec: { command: 'sh' } });

    expect(clusterOf(text, { allowExec: true }).kubeConfig('home').getCurrentContext()).toBe('main');
  });
});

it('resolves a destination by the address that controllers know, whatever state other kubeconfigs are in', async () => {
  const clusters = kubernetesClusters({
    clusters: [
      { name: 'home', kubeconfig: { kind: 'text', text: kubeconfig('https://home.example.com') } },
      { name: 'bad', kubeconfig: { kind: 'text', text: '' }, server: 'https://10.0.0.9:6443' },
      { name: 'worse', kubeconfig: { kind: 'text', text: '' } },
    ],
  });
  const target = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'web' } as const;

  expect(await clusters.resolveDestination(target, { server: 'https://home.example.com' })).toEqual({ kind: 'resolved', cluster: 'home' });
  expect(await clusters.resolveDestination(target, { server: 'https://10.0.0.9:6443' })).toEqual({ kind: 'resolved', cluster: 'bad' });
});
