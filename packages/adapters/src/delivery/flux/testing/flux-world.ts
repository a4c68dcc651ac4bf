import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  loadYaml,
  PatchStrategy,
  setHeaderOptions,
  type V1Namespace,
} from '@kubernetes/client-node';
import { CommitSha, type DeliveryTarget, type JsonObject } from '@fairlead/domain';
import { gitRepositories, kustomizations, type FluxKind } from '../flux-kind.ts';

export const target: DeliveryTarget = { controller: 'flux', cluster: 'home', namespace: 'flux-system', name: 'pc-dev' };

interface Cluster extends AsyncDisposable {
  kubeconfig(): string;
  /** Of somebody who may do nothing but what was granted. */
  limitedKubeconfig(): string;
  grant(rule: {
    readonly verbs: readonly string[];
    readonly groups: readonly string[];
    readonly resources: readonly string[];
  }): Promise<void>;
}

interface GitServer extends AsyncDisposable {
  createRepository(name: string): Promise<string>;
  repositoryUrl(name: string): string;
}

/** What the sandbox starts: given by the tests, for an adapter knows nothing of it. */
export interface FluxParts {
  clusterUnderTest(options: { readonly latencyMs: number }): Promise<Cluster>;
  startGitServer(options: { readonly root: string }): Promise<GitServer>;
  startFlux(options: {
    readonly kubeconfig: string;
    readonly pollMs: number;
    readonly render: () => Promise<{ readonly kind: 'rendered'; readonly objects: readonly unknown[] }>;
  }): Promise<AsyncDisposable>;
}

/** A cluster with Flux, and a Kustomization of a repository's `main`. Flux looks for news once an hour. */
export interface FluxWorld extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly config: KubeConfig;
  readonly first: CommitSha;
  /** Another commit to `main`, with this content of its own. */
  commit(content: string): Promise<CommitSha>;
  patch(of: FluxKind, name: string, body: JsonObject): Promise<void>;
  patchStatus(of: FluxKind, name: string, status: JsonObject): Promise<void>;
  remove(of: FluxKind, name: string): Promise<void>;
  create(of: FluxKind, name: string, spec: JsonObject): Promise<void>;
}

const path = 'overlay';

export async function fluxWorld(parts: FluxParts): Promise<FluxWorld> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-flux-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const kubernetes = stack.use(await parts.clusterUnderTest({ latencyMs: 1 }));
  const git = stack.use(await parts.startGitServer({ root: join(folder, 'root') }));
  const work = join(folder, 'work');
  await clone(work, await git.createRepository('app'));
  const first = await commitTo(work, 'info');
  const config = new KubeConfig();
  config.loadFromString(kubernetes.kubeconfig());
  await createNamespaces(config);
  const render = () =>
    Promise.resolve({
      kind: 'rendered' as const,
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' } }],
    });
  stack.use(await parts.startFlux({ kubeconfig: kubernetes.kubeconfig(), pollMs: 10, render }));
  const custom = config.makeApiClient(CustomObjectsApi);
  const create: FluxWorld['create'] = async (of, name, spec) => {
    const body = { apiVersion: `${of.group}/${of.version}`, kind: of.kind, metadata: { name }, spec };
    await custom.createNamespacedCustomObject({ ...of, namespace: 'flux-system', body });
  };
  await create(gitRepositories, 'app', { url: git.repositoryUrl('app'), ref: { branch: 'main' }, interval: '1h' });
  await create(kustomizations, target.name, {
    sourceRef: { kind: 'GitRepository', name: 'app' },
    path: `./${path}`,
    interval: '1h',
    retryInterval: '1h',
    timeout: '30s',
    prune: true,
    wait: true,
  });
  const owned = stack.move();
  const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  return {
    cluster: kubernetes,
    config,
    first,
    commit: (content) => commitTo(work, content),
    create,
    async patch(of, name, body) {
      await custom.patchNamespacedCustomObject({ ...of, namespace: 'flux-system', name, body }, merge);
    },
    async patchStatus(of, name, status) {
      await custom.patchNamespacedCustomObjectStatus({ ...of, namespace: 'flux-system', name, body: { status } }, merge);
    },
    async remove(of, name) {
      await custom.deleteNamespacedCustomObject({ ...of, namespace: 'flux-system', name });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const run = promisify(execFile);
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

async function git(work: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', work, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { env });
  return stdout.trim();
}

async function clone(work: string, repository: string): Promise<void> {
  await mkdir(work);
  await git(work, 'init', '--quiet', '--initial-branch=main');
  await git(work, 'remote', 'add', 'origin', repository);
}

async function commitTo(work: string, content: string): Promise<CommitSha> {
  await mkdir(join(work, path), { recursive: true });
  await writeFile(join(work, path, 'kustomization.yaml'), '{}\n');
  await writeFile(join(work, path, 'level'), content);
  await git(work, 'add', '.');
  await git(work, 'commit', '--quiet', '--message', content);
  await git(work, 'push', '--quiet', 'origin', 'main');
  return CommitSha.parse(await git(work, 'rev-parse', 'HEAD'));
}

async function createNamespaces(config: KubeConfig): Promise<void> {
  for (const name of ['flux-system', 'shop']) {
    await config.makeApiClient(CoreV1Api).createNamespace({ body: loadYaml<V1Namespace>(`metadata: { name: ${name} }`) });
  }
}
