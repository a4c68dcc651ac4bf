import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { statusOf } from './application/application.ts';
import { at, listAt, textAt, type JsonObject } from '../json/json.ts';
import { annotationsOf, type KubeObject } from '../kube/kube-object.ts';
import { argoWorld, finished, type ArgoWorld } from './testing/argo-world.ts';
import { pathsOf } from '../testing/paths.ts';
import { conditionsOfApp, healthOf, messageOf, phaseOf, revisionOf, syncOf } from './testing/read-state.ts';
import { readRecording } from './testing/recording.ts';
import { webOverlay } from '../testing/web-app.ts';

let world: ArgoWorld;

beforeAll(async () => {
  world = await argoWorld({ resyncMs: 600_000 });
  await world.commit(webOverlay('web'));
});

afterAll(() => world[Symbol.asyncDispose]());

const path = (name: string): string => `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`;

async function shapeOf(recording: string): Promise<readonly string[]> {
  return pathsOf(statusOf(await readRecording(recording)));
}

/** An Application that is delivered at the head of `main`. */
async function delivered(name: string, more: Record<string, string | null> = {}): Promise<string> {
  const revision = await world.commit({ ...webOverlay(name), ...more });
  await world.create(name);
  await world.until(name, (application) => syncOf(application) === 'OutOfSync');
  await world.operate(name, { sync: { revision, syncOptions: ['CreateNamespace=true'] }, initiatedBy: { username: 'tester' } });
  await world.until(
    name,
    (application) => finished(application) && syncOf(application) === 'Synced' && healthOf(application) === 'Healthy',
  );
  return revision;
}

async function refresh(name: string, kind: 'normal' | 'hard' = 'normal'): Promise<void> {
  await world.patch(path(name), {
    metadata: { annotations: { 'argocd.argoproj.io/refresh': kind, 'argocd.argoproj.io/refresh-timestamp': new Date().toISOString() } },
  });
}

describe('an application that can not be compared', () => {
  const badProject = 'InvalidSpecError: Application referencing project nope which does not exist';
  const badCluster =
    'InvalidSpecError: error getting cluster by server "https://127.0.0.1:1": rpc error: code = NotFound desc = cluster "https://127.0.0.1:1" not found';
  const failed =
    'ComparisonError: Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ';

  it.each<[string, () => JsonObject, readonly [string, string]]>([
    ['bad-project', () => ({ project: 'nope' }), [badProject, 'Unknown']],
    ['unknown-cluster', () => ({ destination: { server: 'https://127.0.0.1:1', namespace: 'x' } }), [badCluster, 'Unknown']],
    ['path-missing', () => ({ source: source('overlays/missing') }), [`${failed}overlays/missing: app path does not exist`, 'Healthy']],
    [
      'repo-not-found',
      () => ({ source: { ...source('x'), repoURL: world.repositoryUrl.replace('app', 'none') } }),
      [`${failed}failed to list refs: repository not found: `, 'Healthy'],
    ],
  ])('says why as recorded: %s', async (name, spec, [condition, health]) => {
    await world.create(name, spec());

    const application = await world.until(name, (state) => syncOf(state) === 'Unknown');

    expect(conditionsOfApp(application)).toEqual([condition]);
    expect(healthOf(application)).toBe(health);
    expect(pathsOf(statusOf(application))).toEqual(await shapeOf(`argo-74-${name}`));
  });

  it('is compared as soon as what it lacked is there', async () => {
    await world.create('late', { project: 'later', source: source('overlays/web') });
    await world.until('late', (state) => syncOf(state) === 'Unknown');
    const body = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'later', namespace: 'argocd' },
      spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] },
    };

    await world.client.send({ verb: 'POST', path: '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects', body });

    expect(conditionsOfApp(await world.until('late', (state) => syncOf(state) === 'OutOfSync'))).toEqual([]);
  });

  function source(folder: string): JsonObject {
    return { repoURL: world.repositoryUrl, path: folder, targetRevision: 'main' };
  }
});

describe('a broken kustomization', () => {
  it('makes what is live unknown, keeps its health, and fails an operation; a repair heals it', async () => {
    await delivered('broken');
    const broken = await world.commit({ 'overlays/broken/kustomization.yaml': 'resources: [../../nope]\n' });
    await refresh('broken', 'hard');

    const unknown = await world.until('broken', (state) => syncOf(state) === 'Unknown');
    await world.operate('broken', {
      info: [{ name: 'a', value: 'b' }],
      initiatedBy: { username: 'tester' },
      sync: { revision: broken, syncStrategy: { hook: {} }, syncOptions: ['CreateNamespace=true'] },
    });
    const ended = await world.until('broken', finished);
    await world.commit(webOverlay('broken'));
    await refresh('broken');
    const healed = await world.until('broken', (state) => syncOf(state) === 'Synced' && conditionsOfApp(state).length === 0);

    expect([revisionOf(unknown), healthOf(unknown)]).toEqual(['main', 'Healthy']);
    expect(pathsOf(statusOf(unknown)).filter(isOfComparison)).toEqual(
      (await shapeOf('argo-45-comparison-error-broken-kustomization')).filter(isOfComparison),
    );
    expect(conditionsOfApp(unknown)[0]).toContain(
      '`kustomize build <path to cached source>/overlays/broken` failed exit status 1: Error: ',
    );
    expect(listAt(unknown, 'status', 'resources')[0]).toMatchObject({ status: 'Unknown', requiresPruning: true });
    expect([phaseOf(ended), messageOf(ended)]).toEqual(['Error', conditionsOfApp(unknown)[0]]);
    expect(textAt(ended, 'status', 'operationState', 'syncResult', 'revision')).toBe(broken);
    expect(pathsOf(statusOf(ended))).toEqual(await shapeOf('argo-46-sync-error-broken-kustomization'));
    expect(textAt(healed, 'status', 'sourceType')).toBe('Kustomize');
  });
});

/** The operation of that recording was another one. */
function isOfComparison(path: string): boolean {
  return !path.startsWith('.operationState');
}

describe('a new commit', () => {
  it('shows after a refresh, whose request is taken away', async () => {
    await delivered('moved');
    const next = await world.commit(webOverlay('moved', { replicas: 2 }));
    await refresh('moved');

    const moved = await world.until('moved', (state) => revisionOf(state) === next);

    expect(syncOf(moved)).toBe('OutOfSync');
    expect(annotationsOf(moved)).toEqual({});
  });

  it('stays the compared revision when an older one is synced', async () => {
    const older = await delivered('rolled-back');
    const head = await world.commit(webOverlay('rolled-back', { replicas: 2 }));
    await refresh('rolled-back');
    await world.until('rolled-back', (state) => revisionOf(state) === head);
    await world.operate('rolled-back', { sync: { revision: head }, initiatedBy: { username: 'tester' } });
    await world.until('rolled-back', (state) => finished(state) && syncOf(state) === 'Synced');

    await world.operate('rolled-back', { sync: { revision: older }, initiatedBy: { username: 'tester' } });
    const ended = await world.until('rolled-back', (state) => finished(state) && syncOf(state) === 'OutOfSync');

    expect(phaseOf(ended)).toBe('Succeeded');
    expect(revisionOf(ended)).toBe(head);
    expect(textAt(ended, 'status', 'operationState', 'syncResult', 'revision')).toBe(older);
  });

  it('is noticed without a refresh', async () => {
    await using polling = await argoWorld({ resyncMs: 50 });
    await polling.commit(webOverlay('web'));
    await polling.create('web');
    await polling.until('web', (state) => syncOf(state) === 'OutOfSync');
    const next = await polling.commit(webOverlay('web', { replicas: 2 }));

    expect(revisionOf(await polling.until('web', (state) => revisionOf(state) === next))).toBe(next);
  });

  it('is what a refresh compares with that is asked for right after a sync', async () => {
    await using slow = await argoWorld({ resyncMs: 600_000, latencyMs: 300 });
    const first = await slow.commit(webOverlay('web'));
    await slow.create('web');
    await slow.until('web', (state) => revisionOf(state) === first);
    const next = await slow.commit(webOverlay('web', { replicas: 2 }));
    await slow.operate('web', { sync: { revision: first, syncOptions: ['CreateNamespace=true'] }, initiatedBy: { username: 'tester' } });
    await slow.until('web', (state) => phaseOf(state) === 'Succeeded');

    await slow.quiet('web');

    expect(revisionOf(await slow.until('web', () => true))).toBe(next);
  });

  it('keeps a refresh request that came while another was answered', async () => {
    await delivered('eager');
    await Promise.all([refresh('eager'), refresh('eager'), refresh('eager', 'hard')]);

    const calm = await world.until('eager', (state) => Object.keys(annotationsOf(state)).length === 0 && finished(state));

    expect(syncOf(calm)).toBe('Synced');
  });
});

describe('an edit by hand', () => {
  const deployment = (name: string): string => `/apis/apps/v1/namespaces/ns-${name}/deployments/web`;

  it('of a declared field shows, without a new reconciledAt, and a sync takes it back', async () => {
    const revision = await delivered('scaled');
    await world.quiet('scaled');
    const before = await world.until('scaled', finished);
    await world.patch(deployment('scaled'), { spec: { replicas: 3 } });

    const drifted = await world.until('scaled', (state) => syncOf(state) === 'OutOfSync' && finished(state));
    await world.operate('scaled', { sync: { revision }, initiatedBy: { username: 'tester' } });
    await world.until('scaled', (state) => finished(state) && syncOf(state) === 'Synced');

    expect(textAt(drifted, 'status', 'reconciledAt')).toBe(textAt(before, 'status', 'reconciledAt'));
    expect(at(await world.read(deployment('scaled')), 'spec', 'replicas')).toBe(1);
  });

  it('that adds something undeclared is invisible, and a sync leaves it', async () => {
    const revision = await delivered('additions');
    const containers = listAt(await world.read(deployment('additions')), 'spec', 'template', 'spec', 'containers');
    const patched = {
      spec: { template: { spec: { containers: [...containers, { name: 'evil', image: 'registry.example.test/evil:1' }] } } },
    };
    await world.patch(deployment('additions'), patched);

    const seen = await world.until('additions', (state) =>
      listAt(state, 'status', 'summary', 'images').includes('registry.example.test/evil:1'),
    );
    await world.operate('additions', { sync: { revision }, initiatedBy: { username: 'tester' } });
    const synced = await world.until('additions', (state) => finished(state) && isNewer(state, seen));

    expect([syncOf(seen), syncOf(synced)]).toEqual(['Synced', 'Synced']);
    expect(listAt(await world.read(deployment('additions')), 'spec', 'template', 'spec', 'containers')).toHaveLength(2);
  });

  it('that deletes an object leaves the rest healthy', async () => {
    await delivered('deleted');
    await world.client.send({ verb: 'DELETE', path: '/api/v1/namespaces/ns-deleted/services/web' });

    const drifted = await world.until('deleted', (state) => syncOf(state) === 'OutOfSync' && finished(state));

    expect(healthOf(drifted)).toBe('Healthy');
    expect(listAt(drifted, 'status', 'resources')).toContainEqual({
      kind: 'Service',
      name: 'web',
      namespace: 'ns-deleted',
      version: 'v1',
      status: 'OutOfSync',
    });
  });

  it('that pauses a Deployment makes the application suspended', async () => {
    await delivered('paused');
    await world.patch(deployment('paused'), { spec: { paused: true } });

    const paused = await world.until('paused', (state) => healthOf(state) === 'Suspended');

    expect(syncOf(paused)).toBe('Synced');
  });

  function isNewer(state: KubeObject, than: KubeObject): boolean {
    return Number(textAt(state.metadata, 'resourceVersion')) > Number(textAt(than.metadata, 'resourceVersion'));
  }
});
