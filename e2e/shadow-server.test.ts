import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Call } from '@fairlead/api';
import { recordedEvidence, type EnvironmentStatus, type EvidenceType, type JsonObject } from '@fairlead/domain';
import { clusterHand, startExampleWorld, startKubernetes, type ClusterHand, type ExampleWorld } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { clientOf, signIn, until } from './world/api.ts';
import { fairlead } from './world/fairlead-program.ts';
import { startFairleadServer, type FairleadServer } from './world/fairlead-server.ts';
import { example, history, releaseFile, service } from './world/paths.ts';
import { requestLog, type RequestLog } from './world/request-log.ts';
import { temporaryHome } from './world/stand.ts';

const dev = 'dev-control-rke2';
const environment = `${service}/${dev}`;
const application = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/platform-control-${dev}`;
const deployment = '/apis/apps/v1/namespaces/pc-dev/deployments/api';
const reader = { token: 'reader', user: 'fairlead', rules: [{ verbs: ['get', 'list', 'watch'], groups: ['*'], resources: ['*'] }] };

const stack = new AsyncDisposableStack();
let home: string;
let world: ExampleWorld;
let hand: ClusterHand;
let cluster: RequestLog;
let repository: RequestLog;
let server: FairleadServer;
let call: Call;
let token: string;
let refs: string;
let words: readonly string[];

/** A team that delivers without Fairlead, and a server that may read and nothing else. */
beforeAll(async () => {
  home = stack.use(await temporaryHome()).path;
  const kubernetes = stack.use(await startKubernetes({ tokens: [reader] }));
  world = stack.use(await startExampleWorld({ folder: join(home, 'world'), example, history, kubeconfig: kubernetes.kubeconfig() }));
  hand = await clusterHand(world.kubeconfigPath);
  await syncTo((await world.developer.log('-1', '--format=%H', 'origin/main')).trim());
  cluster = stack.use(await requestLog(kubernetes.url));
  const { origin, pathname } = new URL(world.repositoryUrl);
  repository = stack.use(await requestLog(origin));
  refs = await refsOf();
  const kubeconfig = join(home, 'reader.yaml');
  await writeFile(kubeconfig, kubernetes.kubeconfig(reader.token).replace(kubernetes.url, cluster.url), { mode: 0o600 });
  words = ['--repository', `env=${repository.url}${pathname}`, '--cluster', `sandbox=${kubeconfig}`];
  server = stack.use(await startFairleadServer({ home, data: join(home, 'data'), words }));
  token = await signIn(server.link);
  call = clientOf(server.url, token);
}, 120_000);
afterAll(() => stack.disposeAsync());

const Synced = z.object({
  status: z.object({ operationState: z.object({ phase: z.literal('Succeeded'), syncResult: z.object({ revision: z.string() }) }) }),
});

/** As somebody with Argo CD's own means. */
async function syncTo(revision: string): Promise<void> {
  await hand.patch(application, { operation: { initiatedBy: { username: 'mallory' }, sync: { revision, syncStrategy: { hook: {} } } } });
  await vi.waitUntil(async () => Synced.safeParse(await world.target(dev)).data?.status.operationState.syncResult.revision === revision, {
    timeout: 45_000,
    interval: 100,
  });
}

async function refsOf(): Promise<string> {
  return (await promisify(execFile)('git', ['ls-remote', world.repositoryUrl])).stdout;
}

/** Newest first. */
async function said(type: EvidenceType): Promise<readonly JsonObject[]> {
  const { items } = await call('listEvidence', { query: { environment, type, limit: '50' } });
  const details = await Promise.all(items.map(({ digest }) => call('getEvidence', { params: { digest } })));
  return details.map(({ bundle }) => recordedEvidence(Buffer.from(bundle)).body);
}

/** By the command line, as people see it. */
async function listed(...filter: readonly string[]): Promise<string> {
  const env = { FAIRLEAD_SERVER: server.url, FAIRLEAD_TOKEN: token };
  return (await fairlead(['evidence', 'list', '-e', environment, ...filter], { home, env })).stdout;
}

async function statusWhen(what: string, wanted: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus> {
  return until(what, async () => (await call('listStatus', { query: { service, environment: dev } })).items.find(wanted));
}

const isDelivered = ({ delivered, drift }: EnvironmentStatus): boolean =>
  delivered.verdict === 'delivered' && drift?.observedAt !== undefined;

describe('an environment that was never promoted to', () => {
  it('is shown as watched only, with what is there, and is never called ready', async () => {
    const status = await statusWhen('a look at what is delivered', isDelivered);
    const shown = await fairlead(['status', '-e', dev], { home, env: { FAIRLEAD_SERVER: server.url, FAIRLEAD_TOKEN: token } });

    expect(status.readiness).toMatchObject({ verdict: 'unknown', blockers: [{ gate: 'release', code: 'shadow' }] });
    expect(status.delivered.targets).toMatchObject([{ sync: 'Synced', health: 'Healthy' }]);
    expect(shown.stdout).toContain('shadow');
  });

  it('has sync, health and live observation on record, and why that is no release', async () => {
    const [sync] = await said('sync-observation');
    const [live] = await until('a live observation', async () =>
      (await said('live-observation')).some(({ complete }) => complete === true) ? said('live-observation') : undefined,
    );

    expect(sync).toMatchObject({
      mode: 'shadow',
      sync: 'Synced',
      health: 'Healthy',
      verdict: { kind: 'delivered' },
      mapped: { none: 'reference-absent' },
    });
    expect(live).toMatchObject({ mode: 'shadow', complete: true, gaps: [], drift: [] });
  });

  it('is mapped to its release once it says which, and that was merged', async () => {
    await call('registerRelease', { body: { manifest: await readFile(releaseFile('1.41.0'), 'utf8') } });
    const reference = `environments/${dev}/release-manifest.ref`;
    const files = { [reference]: await readFile(join(example, reference), 'utf8') };
    await syncTo(await world.developer.commit({ branch: 'main', message: 'say which release it is', files }));
    refs = await refsOf();
    const { shadow } = await statusWhen('the release', (status) => status.shadow?.targets[0]?.release !== undefined);
    const [sync] = await said('sync-observation');

    expect(shadow?.targets).toMatchObject([{ release: { version: '1.41.0' } }]);
    expect(await said('unauthorised-change')).toEqual([]);
    expect(await listed('--type', 'sync-observation')).toMatch(
      /Synced Healthy, 1\.41\.0 .*delivered, Synced Healthy, no release \(reference-absent\)/s,
    );
    expect(await listed('--until', '2026-01-01T00:00:00Z')).toBe('');
    expect(sync).toMatchObject({ mapped: { version: '1.41.0', digest: shadow?.targets[0]?.release?.digest } });
  });

  it('has drift on record, and nobody is asked for an answer', async () => {
    await hand.patch(deployment, { spec: { minReadySeconds: 1 } });
    await statusWhen('the difference', ({ drift }) => drift?.open === 1);
    const [live] = await until('its record', async () => {
      const all = await said('live-observation');
      return JSON.stringify(all[0]).includes('/spec/minReadySeconds') ? all : undefined;
    });

    expect(live).toMatchObject({ drift: [{ path: '/spec/minReadySeconds', by: { manager: 'kubectl-edit' } }] });
    expect((await said('drift-opened')).length).toBe(1);
    expect((await call('listTasks', { query: {} })).items).toEqual([]);
  });

  it('has a sync past the protected branch on record, with who and from where', async () => {
    const [before] = await said('sync-observation');
    const commit = (await world.developer.log('-1', '--format=%H', 'origin/line/1.42.0')).trim();
    await syncTo(commit);
    const [change] = await until('the record of it', async () => {
      const all = await said('unauthorised-change');
      return all.length > 0 ? all : undefined;
    });

    expect(change).toMatchObject({ mode: 'shadow', revisions: [commit], rested: before?.['delivered'], by: 'mallory' });
    expect(change?.['reason']).toContain('no commit of the protected branch');
  });
});

describe('a server that is started again', () => {
  it('goes on where the one before stopped, repeats nothing, and has accounted for what it saw', async () => {
    const before = await said('unauthorised-change');
    const { readiness, shadow } = await statusWhen('any look', () => true);
    await server.stop();
    server = stack.use(await startFairleadServer({ home, data: join(home, 'data'), words, address: new URL(server.url).host }));
    const after = await statusWhen('a look by the next one', (status) => status.readiness.asOf > readiness.asOf);
    const [account] = await said('observation-coverage');

    expect([await said('unauthorised-change'), after.shadow?.since]).toEqual([before, shadow?.since]);
    expect(account).toMatchObject({ target: `sandbox/argocd/platform-control-${dev}`, namespaces: ['pc-dev'] });
  });
});

describe('a server with the right to read', () => {
  it('asks for nothing else, of the cluster and of Git', async () => {
    const reading = /^(GET|OPTIONS|HEAD) /;

    expect(cluster.lines.length).toBeGreaterThan(10);
    expect(cluster.lines.filter((line) => !reading.test(line))).toEqual([]);
    expect(repository.lines.length).toBeGreaterThan(2);
    expect(repository.lines.filter((line) => line.includes('receive-pack'))).toEqual([]);
    expect(await refsOf()).toBe(refs);
  });
});
