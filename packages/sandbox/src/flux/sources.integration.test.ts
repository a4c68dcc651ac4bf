import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { git } from '../git/isolated-git.ts';
import { at, listAt, numberAt, textAt } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { webOverlay } from '../testing/web-app.ts';
import { createSource, deliverWeb } from './testing/deliver-web.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { conditionsText, hasEndedWith, isReady, readyMessage } from './testing/steps.ts';

let world: FluxWorld;

beforeAll(async () => {
  world = await fluxWorld();
  await createSource(world);
});

afterEach(() => world.rest());

afterAll(() => world[Symbol.asyncDispose]());

function revisionOf(source: KubeObject): string {
  return textAt(source, 'status', 'artifact', 'revision') ?? '';
}

function stored(name: string, revision: string): Promise<KubeObject> {
  return world.until('GitRepository', name, (object) => isReady(object) && revisionOf(object) === revision);
}

describe('a Git source', () => {
  it('names its revision by what it follows', async () => {
    const commit = await world.commit({ 'a.txt': 'a' });
    await git(['tag', '-a', 'v1', '-m', 'v1'], world.work);
    await git(['push', '--quiet', 'origin', 'v1'], world.work);
    const followed = {
      'by-tag': [{ tag: 'v1' }, `v1@sha1:${commit}`],
      'by-name': [{ name: 'refs/heads/main' }, `refs/heads/main@sha1:${commit}`],
      'by-commit': [{ commit }, `sha1:${commit}`],
      'by-commit-of-branch': [{ branch: 'main', commit }, `main@sha1:${commit}`],
    } as const;

    for (const [name, [ref, revision]] of Object.entries(followed)) {
      await world.create('GitRepository', name, { interval: '1h', url: world.repositoryUrl, ref });

      expect(readyMessage(await stored(name, revision))).toBe(`stored artifact for revision '${revision}'`);
    }
  });

  it('has the same digest where the files are the same, whatever the commit', async () => {
    const first = await stored('app', `main@sha1:${await publish({ 'same.txt': '1' })}`);
    const second = await stored('app', `main@sha1:${await publish({})}`);

    expect(revisionOf(second)).not.toBe(revisionOf(first));
    expect(textAt(second, 'status', 'artifact', 'digest')).toBe(textAt(first, 'status', 'artifact', 'digest'));
  });

  it('looks by itself at its interval', async () => {
    await world.create('GitRepository', 'often', { interval: '100ms', url: world.repositoryUrl, ref: { branch: 'main' } });

    const commit = await world.commit({ 'often.txt': '1' });

    await expect(stored('often', `main@sha1:${commit}`)).resolves.toBeDefined();
    await world.patch('GitRepository', 'often', { spec: { suspend: true } });
  });

  it('keeps the last artifact while it can not fetch, and recovers', async () => {
    await world.create('GitRepository', 'shaky', { interval: '1h', url: world.repositoryUrl, ref: { branch: 'main' } });
    const before = await world.until('GitRepository', 'shaky', (object) => revisionOf(object) !== '');
    await world.patch('GitRepository', 'shaky', { spec: { ref: { branch: 'gone' } } });
    const failed = await world.until('GitRepository', 'shaky', (object) => conditionOf(object, 'Ready')?.status === 'False');

    await world.patch('GitRepository', 'shaky', { spec: { ref: { branch: 'main' } } });

    const recovered = await world.until(
      'GitRepository',
      'shaky',
      (object) => isReady(object) && at(object, 'status', 'observedGeneration') === 3,
    );
    expect(conditionsText(failed)).toBe(
      'Reconciling=True(ProgressingWithRetry) Ready=False(GitOperationFailed) FetchFailed=True(GitOperationFailed) ArtifactInStorage=True(Succeeded)',
    );
    expect(revisionOf(failed)).toBe(revisionOf(before));
    expect(conditionsText(recovered)).toBe('Ready=True(Succeeded) ArtifactInStorage=True(Succeeded)');
  });

  it('hears of a push from whoever plays its webhook', async () => {
    const commit = await world.commit({ 'pushed.txt': '1' });

    await world.flux.notifyPush();

    await expect(stored('app', `main@sha1:${commit}`)).resolves.toBeDefined();
  });

  it('handles a request while it is suspended, without looking', async () => {
    await world.create('GitRepository', 'held', { interval: '1h', url: world.repositoryUrl, ref: { branch: 'main' } });
    const before = await world.until('GitRepository', 'held', (object) => revisionOf(object) !== '');
    await world.patch('GitRepository', 'held', { spec: { suspend: true } });
    await world.commit({ 'unseen.txt': '1' });

    const asked = await world.reconcile('GitRepository', 'held');

    expect(revisionOf(asked)).toBe(revisionOf(before));
    expect(isReady(asked)).toBe(true);
    expect(at(asked, 'status', 'observedGeneration')).toBe(numberAt(asked.metadata, 'generation'));
  });
});

async function publish(files: Readonly<Record<string, string>>): Promise<string> {
  const commit = await world.commit(files);
  await world.reconcile('GitRepository', 'app');
  return commit;
}

describe('a Kustomization and its source', () => {
  it('follows a branch that was pushed anew with force', async () => {
    const web = await deliverWeb(world, 'rewritten');
    await web.publish({ replicas: 2 });
    await git(['reset', '--quiet', '--hard', 'HEAD~1'], world.work);
    await git(['push', '--quiet', '--force', 'origin', 'HEAD:main'], world.work);

    const delivered = await web.publish({ replicas: 3 });

    expect(isReady(delivered)).toBe(true);
    expect(numberAt(await web.live('deployments', 'web'), 'spec', 'replicas')).toBe(3);
  });

  it('skips commits that came and went between two looks', async () => {
    const web = await deliverWeb(world, 'skipping');
    await web.publish({ replicas: 1 });
    const skipped = await world.commit(webOverlay('skipping', { replicas: 2 }));

    const delivered = await web.publish({ replicas: 3 });

    const attempted = world.states('Kustomization', 'skipping').map((state) => textAt(state, 'status', 'lastAttemptedRevision') ?? '');
    expect(attempted.some((revision) => revision.endsWith(skipped))).toBe(false);
    expect(isReady(delivered)).toBe(true);
  });

  it('shows the old revision as ready until it takes up the new one, at the same generation', async () => {
    const web = await deliverWeb(world, 'stale');
    const before = await web.publish({ replicas: 1 });
    await world.patch('Kustomization', web.name, { spec: { suspend: true } });

    const source = await stored('app', `main@sha1:${await publish(webOverlay('stale', { replicas: 2 }))}`);

    const waiting = world.states('Kustomization', 'stale').at(-1);
    expect(waiting && isReady(waiting)).toBe(true);
    expect(textAt(waiting, 'status', 'lastAppliedRevision')).toBe(textAt(before, 'status', 'lastAppliedRevision'));
    expect(textAt(waiting, 'status', 'lastAppliedRevision')).not.toBe(revisionOf(source));
  });

  it('moves on with every commit, also one that does not touch its path', async () => {
    const web = await deliverWeb(world, 'untouched');
    const before = await web.publish();

    const commit = await publish({ 'elsewhere.txt': '1' });

    const after = await world.until('Kustomization', 'untouched', (object) => hasEndedWith(object, commit));
    const digests = [before, after].map((object) => textAt(listAt(object, 'status', 'history')[0], 'digest'));
    expect(digests[1]).toBe(digests[0]);
    expect(numberAt(listAt(after, 'status', 'history')[0], 'totalReconciliations')).toBe(2);
  });

  it('waits for a source that is missing, and takes it up once it has an artifact', async () => {
    await createNamespace(world.client, 'ns-late');
    const commit = await publish(webOverlay('late'));
    const sourceRef = { kind: 'GitRepository', name: 'late' };
    const spec = { interval: '1h', prune: true, path: './overlays/late', targetNamespace: 'ns-late', sourceRef };
    await world.create('Kustomization', 'late', spec);
    await world.until('Kustomization', 'late', (object) => conditionOf(object, 'Ready')?.reason === 'ArtifactFailed');

    await world.create('GitRepository', 'late', { interval: '1h', url: world.repositoryUrl, ref: { branch: 'main' } });

    await expect(world.until('Kustomization', 'late', (object) => hasEndedWith(object, commit))).resolves.toBeDefined();
  });

  it('finishes a health check that takes long before it looks at a newer revision', async () => {
    const web = await deliverWeb(world, 'busy', { wait: true });
    await web.publish();
    const stuck = await world.commit(webOverlay('busy', { podAnnotations: { 'test-cluster/ready': 'false' }, progressDeadlineSeconds: 1 }));
    await world.reconcile('GitRepository', 'app');
    await world.until(
      'Kustomization',
      'busy',
      (object) =>
        conditionOf(object, 'Healthy')?.status === 'Unknown' && textAt(object, 'status', 'lastAttemptedRevision')?.endsWith(stuck) === true,
    );

    const mended = await web.publish({ podAnnotations: { mended: 'true' } });

    const reasons = world.states('Kustomization', 'busy').map((state) => conditionOf(state, 'Ready')?.reason);
    expect(reasons.lastIndexOf('HealthCheckFailed')).toBeGreaterThan(-1);
    expect(isReady(mended)).toBe(true);
  });

  it('reads a source of another namespace', async () => {
    await createNamespace(world.client, 'tenant');
    await createNamespace(world.client, 'ns-tenant');
    await publish(webOverlay('tenant'));
    const path = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/tenant/kustomizations';
    const sourceRef = { kind: 'GitRepository', name: 'app', namespace: 'flux-system' };
    const spec = { interval: '1h', prune: true, path: './overlays/tenant', targetNamespace: 'ns-tenant', sourceRef };
    const metadata = { name: 'tenant', namespace: 'tenant' };
    await world.client.send({
      verb: 'POST',
      path,
      body: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec },
    });

    const delivered = await world.until(
      'Kustomization',
      'tenant',
      (object) => textAt(object, 'status', 'lastAppliedRevision') !== undefined,
    );

    expect(isReady(delivered)).toBe(true);
  });

  it('may not use an external artifact', async () => {
    const sourceRef = { kind: 'ExternalArtifact', name: 'any' };
    await world.create('Kustomization', 'external', { interval: '1h', prune: true, path: './', sourceRef });

    const stalled = await world.until('Kustomization', 'external', (object) => conditionOf(object, 'Stalled')?.status === 'True');

    expect(conditionsText(stalled)).toBe('Stalled=True(AccessDenied) Ready=False(AccessDenied)');
  });
});
