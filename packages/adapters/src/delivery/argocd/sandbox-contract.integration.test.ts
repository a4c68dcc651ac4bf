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
  type V1ConfigMap,
  type V1Namespace,
} from '@kubernetes/client-node';
import {
  assessDelivery,
  CommitSha,
  OperationId,
  type DeliveryTarget,
  type DeliveryVerdict,
  type ExpectedDelivery,
  type JsonObject,
  type ObjectRef,
  type ObservedArgoCd,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';
import { deliveryContract, type DeliveryWorld } from '@fairlead/engine/testing';
import { startArgoCd, startGitServer } from '@fairlead/sandbox';
import { clusterUnderTest } from '@fairlead/sandbox/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { argoCdDelivery } from './argocd-delivery.ts';
import { Application } from './schema.ts';

const target: DeliveryTarget = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'pc-dev' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { level: 'info' } };

const closing: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What an Application is made from: one source by default. */
type SourcesOf = (repoURL: string) => JsonObject;

interface SandboxWorld extends DeliveryWorld {
  /** The tip of the branch `values`, which has no commit in common with the first. */
  readonly values: CommitSha;
  /** Another commit takes the branch's place, as if the first one had never been. */
  rewriteBranch(): Promise<CommitSha>;
}

/** A cluster, a repository with one commit, an Argo CD between them, and an Application that nobody has synced. */
async function sandboxWorld(sourcesOf: SourcesOf = oneSource): Promise<SandboxWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-argocd-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const kubernetes = await clusterUnderTest({ latencyMs: 1 });
  closing.push(() => kubernetes[Symbol.asyncDispose]());
  const git = await startGitServer({ root: join(folder, 'root') });
  closing.push(() => git[Symbol.asyncDispose]());
  const repository = await git.createRepository('app');
  const commit = await pushRoot(join(folder, 'work'), { repository, branch: 'main', content: 'first' });
  const values = await pushRoot(join(folder, 'values'), { repository, branch: 'values', content: 'values' });
  const config = new KubeConfig();
  config.loadFromString(kubernetes.kubeconfig());
  await createNamespaces(config);
  const render = () => Promise.resolve({ kind: 'rendered' as const, objects: [configMap] });
  const argo = await startArgoCd({ kubeconfig: kubernetes.kubeconfig(), latencyMs: 30, render });
  closing.push(() => argo[Symbol.asyncDispose]());
  await createApplication(config, sourcesOf(git.repositoryUrl('app')));

  const open = (): Delivery => argoCdDelivery({ clusters: { kubeConfig: () => config } });
  const delivery = open();
  await until(delivery, ({ reconciledAt }) => reconciledAt !== undefined);
  return {
    delivery,
    target,
    commit,
    values,
    reopen: open,
    rewriteBranch: () => pushRoot(join(folder, 'anew'), { repository, branch: 'main', content: 'anew' }),
    settle: async () => {
      await until(delivery, hasEnded);
      await delivery.requestRefresh(target);
      await vi.waitUntil(async () => !(await isRefreshing(config)), { timeout: 20_000, interval: 10 });
      await until(delivery, hasCompared);
    },
    syncByHand: async () => {
      await closeWindow(config);
      await patch(config, 'applications', {
        name: target.name,
        body: { operation: { initiatedBy: { username: 'mallory' }, sync: { revision: commit } } },
      });
      await until(delivery, ({ operation }) => operation?.message.includes('blocked') === true);
    },
    leaveBehind: async () => {
      const left = await createTracked(config);
      await until(delivery, ({ resources }) => resources.some(({ ref, requiresPruning }) => requiresPruning && ref.name === left.name));
      return left;
    },
  };
}

interface Root {
  readonly repository: string;
  readonly branch: string;
  readonly content: string;
}

/** A branch of one commit, whatever it was before. */
async function pushRoot(work: string, { repository, branch, content }: Root): Promise<CommitSha> {
  const run = promisify(execFile);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...args: readonly string[]) =>
    run('git', ['-C', work, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { env });
  await mkdir(work);
  await git('init', '--quiet', `--initial-branch=${branch}`);
  await mkdir(join(work, 'overlay'));
  await writeFile(join(work, 'overlay', 'kustomization.yaml'), `# ${content}\n{}\n`);
  await git('add', '.');
  await git('commit', '--quiet', '--message', content);
  await git('push', '--quiet', '--force', repository, branch);
  return CommitSha.parse((await git('rev-parse', 'HEAD')).stdout.trim());
}

function oneSource(repoURL: string): JsonObject {
  return { source: { repoURL, path: 'overlay', targetRevision: 'main' } };
}

async function createNamespaces(config: KubeConfig): Promise<void> {
  for (const name of ['argocd', 'shop']) {
    await config.makeApiClient(CoreV1Api).createNamespace({ body: loadYaml<V1Namespace>(`metadata: { name: ${name} }`) });
  }
}

const argocd = { group: 'argoproj.io', version: 'v1alpha1', namespace: 'argocd' } as const;

async function createApplication(config: KubeConfig, sources: JsonObject): Promise<void> {
  const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };
  const body = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: target.name },
    spec: { project: 'default', ...sources, destination },
  };
  await config.makeApiClient(CustomObjectsApi).createNamespacedCustomObject({ ...argocd, plural: 'applications', body });
}

/** A deny window that is always open holds every operation. */
async function closeWindow(config: KubeConfig): Promise<void> {
  const syncWindows = [{ kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'], manualSync: false }];
  await patch(config, 'appprojects', { name: 'default', body: { spec: { syncWindows } } });
}

async function patch(config: KubeConfig, plural: string, what: { readonly name: string; readonly body: object }): Promise<void> {
  const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  await config.makeApiClient(CustomObjectsApi).patchNamespacedCustomObject({ ...argocd, plural, ...what }, options);
}

async function createTracked(config: KubeConfig): Promise<ObjectRef> {
  const annotations = { 'argocd.argoproj.io/tracking-id': `${target.name}:/ConfigMap:shop/old` };
  const body = loadYaml<V1ConfigMap>(JSON.stringify({ metadata: { name: 'old', annotations } }));
  await config.makeApiClient(CoreV1Api).createNamespacedConfigMap({ namespace: 'shop', body });
  return { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old' };
}

/** Nothing is under way, or nothing can go on. */
function hasEnded({ operation, operationPending }: ObservedArgoCd): boolean {
  return !operationPending || operation?.message.includes('blocked by sync window') === true;
}

function hasCompared({ operation, reconciledAt }: ObservedArgoCd): boolean {
  return operation?.finishedAt === undefined || (reconciledAt ?? '') >= operation.finishedAt;
}

/** Times are whole seconds, so they don't tell a comparison before the end of a sync from one after it. The answer to a refresh does. */
async function isRefreshing(config: KubeConfig): Promise<boolean> {
  const object: unknown = await config
    .makeApiClient(CustomObjectsApi)
    .getNamespacedCustomObject({ ...argocd, plural: 'applications', name: target.name });
  return 'argocd.argoproj.io/refresh' in (Application.parse(object).metadata.annotations ?? {});
}

async function until(delivery: Delivery, wanted: (seen: ObservedArgoCd) => boolean): Promise<void> {
  await vi.waitUntil(
    async () => {
      const seen = await delivery.observe(target);
      return seen.kind === 'observed' && seen.controller === 'argocd' && wanted(seen);
    },
    { timeout: 20_000, interval: 10 },
  );
}

describe("contract, with the sandbox's Argo CD", () => {
  it.each(Object.entries(deliveryContract({ manualSync: true })))('%s', async (_behaviour, run) => {
    await run(await sandboxWorld(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});

const operation = OperationId.parse(`op-${'1'.repeat(26)}`);

function request({ commit }: SandboxWorld): SyncRequest {
  return { operation, revision: commit, path: 'overlay', prune: false, mayPrune: [], actor: 'alice', info: {} };
}

async function seen({ delivery, target }: SandboxWorld): Promise<ObservedArgoCd> {
  const observation = await delivery.observe(target);
  if (observation.kind === 'absent' || observation.controller !== 'argocd') throw new Error('no application');
  return observation;
}

function judged(world: SandboxWorld, observation: ObservedArgoCd, change: Partial<ExpectedDelivery> = {}): DeliveryVerdict {
  const expected = { commit: world.commit, path: 'overlay', containment: {}, statusMaxAgeMs: 360_000, ...change };
  return assessDelivery(expected, observation, new Date(observation.observedAt));
}

describe('an application with several sources', () => {
  const open = (): Promise<SandboxWorld> =>
    sandboxWorld((repoURL) => ({
      sources: [
        { repoURL, ref: 'values', targetRevision: 'values' },
        { repoURL, path: 'overlay', targetRevision: 'main' },
      ],
    }));

  it('is synced with each of them pinned, and delivers the commit in its own', async () => {
    const world = await open();
    expect((await seen(world)).sync.revisions).toEqual([world.values, world.commit]);

    const outcome = await world.delivery.requestSync(world.target, request(world));
    expect(outcome).toMatchObject({ kind: 'accepted', asked: { revisions: [world.values, world.commit] } });
    await world.settle();

    const observation = await seen(world);
    const asked = outcome.kind === 'accepted' ? outcome.asked : {};
    expect(observation.operation?.revisions).toEqual([world.values, world.commit]);
    expect(observation.operation?.asked).toEqual(asked);
    expect(judged(world, observation, { operation, asked }).kind).toBe('delivered');
    // Nobody pinned the other branch for somebody who looks on.
    expect(judged(world, observation)).toMatchObject({ kind: 'unknown', missing: 'status.operationState.syncResult.revision' });
  });
});

describe('a branch that is written anew after the sync', () => {
  it('is named, and never taken for delivered', async () => {
    const world = await sandboxWorld();
    const outcome = await world.delivery.requestSync(world.target, request(world));
    await world.settle();
    const asked = outcome.kind === 'accepted' ? outcome.asked : {};
    expect(judged(world, await seen(world), { operation, asked }).kind).toBe('delivered');

    const anew = await world.rewriteBranch();
    await world.delivery.requestRefresh(world.target);
    await vi.waitUntil(async () => (await seen(world)).sync.revisions.includes(anew), { timeout: 20_000, interval: 10 });

    const verdict = judged(world, await seen(world), { operation, asked, containment: { [anew]: 'diverged' } });
    expect(verdict).toMatchObject({ kind: 'head-moved', commit: anew });
    expect(verdict.reason).toMatch(/written anew/);
  });
});
