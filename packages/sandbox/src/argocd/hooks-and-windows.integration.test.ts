import { asObject } from '../kube/kube-object.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { operationStateOf, statusOf } from './application/application.ts';
import { numberAt, textAt, type JsonObject } from '../json/json.ts';
import { argoWorld, finished, type ArgoWorld } from './testing/argo-world.ts';
import { pathsOf } from '../testing/paths.ts';
import { healthOf, messageOf, outcomesOf, phaseOf, syncOf } from './testing/read-state.ts';
import { readRecording } from './testing/recording.ts';
import { hookJob, webOverlay } from '../testing/web-app.ts';

let world: ArgoWorld;

beforeAll(async () => {
  world = await argoWorld({ resyncMs: 600_000 });
});

afterAll(() => world[Symbol.asyncDispose]());

const applicationPath = (name: string): string => `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`;
const projects = '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects';

async function statePathsOf(recording: string): Promise<readonly string[]> {
  const state = operationStateOf(await readRecording(recording));
  return state === undefined ? [] : pathsOf(state);
}

/** An Application with one hook, compared with the commit that is returned. */
async function withHook(name: string, manifest: string, spec: JsonObject = {}): Promise<string> {
  const revision = await world.commit(webOverlay(name, { more: { 'hook.yaml': manifest } }));
  await world.create(name, spec);
  await world.until(name, (application) => syncOf(application) === 'OutOfSync');
  return revision;
}

async function start(name: string, revision: string, retry: JsonObject = { limit: 0 }): Promise<void> {
  const sync = { revision, syncStrategy: { hook: {} }, syncOptions: ['CreateNamespace=true'] };
  await world.operate(name, { info: [{ name: 'a', value: 'b' }], initiatedBy: { username: 'tester' }, retry, sync });
}

/** A Job whose pod never ends. */
const hangingJob = hookJob('PreSync').replace("test-cluster/exit: '0'", "test-cluster/ready: 'false'");

describe('a hook', () => {
  it('runs before the objects, which wait for it', async () => {
    const revision = await withHook('before', hookJob('PreSync'));
    await start('before', revision);

    const ended = await world.until('before', (application) => finished(application) && healthOf(application) === 'Healthy');

    const running = world.states('before').find((application) => messageOf(application) === 'waiting for completion of hook batch/Job/pre');
    expect(running && operationStateOf(running) && pathsOf(operationStateOf(running) ?? {})).toEqual(
      await statePathsOf('argo-60-running-presync-hook'),
    );
    expect(running && outcomesOf(running)).toContain('Job/pre Synced Running: job.batch/pre created');
    expect([messageOf(ended), syncOf(ended)]).toEqual(['successfully synced (all tasks run)', 'Synced']);
    expect(outcomesOf(ended).map((outcome) => outcome.split(':')[0])).toContain('Job/pre Synced Succeeded');
    expect(pathsOf(statusOf(ended))).toEqual(pathsOf(statusOf(await readRecording('argo-61-hook-succeeded'))));
  });

  it('runs after the objects, when they are healthy', async () => {
    const revision = await withHook('after', hookJob('PostSync', { name: 'post' }));
    await start('after', revision);

    const ended = await world.until('after', finished);

    expect(messageOf(ended)).toBe('successfully synced (no more tasks)');
    expect(outcomesOf(ended).at(-1)).toMatch(/^Job\/post Synced Succeeded/);
    expect(outcomesOf(ended)).toContain('Deployment/web Synced Succeeded: deployment.apps/web created');
  });

  it('that fails, fails the sync before anything is applied', async () => {
    const revision = await withHook('failing', hookJob('PreSync', { exit: '1' }));
    await start('failing', revision);

    const ended = await world.until('failing', finished);

    expect([phaseOf(ended), messageOf(ended)]).toEqual(['Failed', 'one or more synchronization tasks completed unsuccessfully']);
    expect(pathsOf(operationStateOf(ended) ?? {})).toEqual(await statePathsOf('argo-62-hook-failed'));
    expect(outcomesOf(ended).at(-1)).toMatch(/^Job\/pre Synced Failed/);
    expect(outcomesOf(ended)).toHaveLength(2);
  });

  it('is made anew for every sync', async () => {
    const revision = await withHook('again', hookJob('PreSync'));
    await start('again', revision);
    await world.until('again', finished);
    const first = await world.read('/apis/batch/v1/namespaces/ns-again/jobs/pre');

    await start('again', revision);
    await world.until('again', finished);

    const second = await world.read('/apis/batch/v1/namespaces/ns-again/jobs/pre');
    expect(textAt(second, 'metadata', 'uid')).not.toBe(textAt(first, 'metadata', 'uid'));
  });

  it('is left out by the strategy that only applies', async () => {
    const revision = await withHook('apply-only', hookJob('PreSync', { exit: '1' }));
    await world.operate('apply-only', {
      initiatedBy: { username: 'tester' },
      sync: { revision, syncStrategy: { apply: {} }, syncOptions: ['CreateNamespace=true'] },
    });

    const ended = await world.until('apply-only', finished);

    expect([phaseOf(ended), outcomesOf(ended).some((outcome) => outcome.startsWith('Job/'))]).toEqual(['Succeeded', false]);
  });
});

describe('a retry', () => {
  it('waits while running, with an end of the attempt, and gives up after the last', async () => {
    const revision = await withHook('retried', hookJob('PreSync', { exit: '1' }));
    await start('retried', revision, { limit: 2, backoff: { duration: '100ms', factor: 1 } });

    const ended = await world.until('retried', finished);

    const waiting = world
      .states('retried')
      .find((application) => textAt(application, 'status', 'operationState', 'finishedAt') !== undefined);
    expect(waiting && phaseOf(waiting)).toBe('Running');
    expect(waiting?.['operation']).toBeDefined();
    expect(pathsOf(operationStateOf(asObject(waiting ?? null)) ?? {})).toEqual(await statePathsOf('argo-63-running-waiting-for-retry'));
    expect(waiting && messageOf(waiting)).toMatch(
      /^one or more synchronization tasks completed unsuccessfully\. Retrying attempt #1 at \d{1,2}:\d\d[AP]M\.$/,
    );
    expect([phaseOf(ended), messageOf(ended)]).toEqual([
      'Failed',
      'one or more synchronization tasks completed unsuccessfully (retried 2 times).',
    ]);
    expect(numberAt(ended, 'status', 'operationState', 'retryCount')).toBe(2);
    expect(pathsOf(operationStateOf(ended) ?? {})).toEqual(await statePathsOf('argo-64-retries-exhausted'));
  });
});

describe('a termination', () => {
  it('removes the hook that hangs and fails the operation', async () => {
    const revision = await withHook('hanging', hangingJob);
    await start('hanging', revision, { limit: 3 });
    await world.until('hanging', (application) => messageOf(application).startsWith('waiting for completion of hook'));

    await world.patch(applicationPath('hanging'), { status: { operationState: { phase: 'Terminating' } } });
    const ended = await world.until('hanging', finished);

    expect([phaseOf(ended), messageOf(ended)]).toEqual(['Failed', 'Operation terminated']);
    expect(outcomesOf(ended)).toContain('Job/pre Synced Failed: Terminated');
    expect(pathsOf(operationStateOf(ended) ?? {}).filter((path) => !path.startsWith('.operation.retry'))).toEqual(
      (await statePathsOf('argo-67-terminated')).filter((path) => !path.startsWith('.operation.retry')),
    );
    await expect
      .poll(() => world.read('/apis/batch/v1/namespaces/ns-hanging/jobs/pre').catch((error: unknown) => String(error)), { timeout: 20_000 })
      .toContain('not found');
  });
});

describe('a sync window', () => {
  it('holds a running operation until it lifts', async () => {
    const windows = [{ kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'], manualSync: false }];
    const spec = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };
    const project = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'frozen', namespace: 'argocd' },
      spec: { ...spec, syncWindows: windows },
    };
    await world.client.send({ verb: 'POST', path: projects, body: project });
    const revision = await world.commit(webOverlay('windowed'));
    await world.create('windowed', { project: 'frozen' });
    await world.until('windowed', (application) => syncOf(application) === 'OutOfSync');
    await start('windowed', revision);

    const blocked = await world.until('windowed', (application) => messageOf(application) === 'Sync operation blocked by sync window');
    await world.patch(`${projects}/frozen`, { spec: { syncWindows: null } });
    const ended = await world.until('windowed', (application) => finished(application) && healthOf(application) === 'Healthy');

    expect(phaseOf(blocked)).toBe('Running');
    expect(pathsOf(statusOf(blocked))).toEqual(pathsOf(statusOf(await readRecording('argo-68-blocked-by-sync-window'))));
    expect([phaseOf(ended), syncOf(ended)]).toEqual(['Succeeded', 'Synced']);
    expect(pathsOf(statusOf(ended))).toEqual(pathsOf(statusOf(await readRecording('argo-69-window-lifted'))));
  });
});
