import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { statusOf } from './application/application.ts';
import { listAt, numberAt, textAt, type JsonObject } from '../json/json.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { argoWorld, finished, type ArgoWorld } from './testing/argo-world.ts';
import { pathsOf } from '../testing/paths.ts';
import { healthOf, messageOf, outcomesOf, phaseOf, revisionOf, syncOf } from './testing/read-state.ts';
import { readRecording } from './testing/recording.ts';
import { webOverlay, type WebOptions } from '../testing/web-app.ts';

let world: ArgoWorld;

beforeAll(async () => {
  world = await argoWorld({ resyncMs: 600_000 });
});

afterAll(() => world[Symbol.asyncDispose]());

async function shapeOf(recording: string): Promise<readonly string[]> {
  return pathsOf(statusOf(await readRecording(recording)));
}

async function created(name: string, options: WebOptions = {}): Promise<string> {
  const revision = await world.commit(webOverlay(name, options));
  await world.create(name);
  await world.until(name, (application) => syncOf(application) === 'OutOfSync');
  return revision;
}

const withNamespace = { syncOptions: ['CreateNamespace=true'] };

/** Syncs, and returns the state in which sync and health speak of it. */
async function synced(name: string, sync: JsonObject): Promise<KubeObject> {
  await world.operate(name, {
    info: [{ name: 'a', value: 'b' }],
    initiatedBy: { username: 'tester' },
    sync: { syncStrategy: { hook: {} }, ...withNamespace, ...sync },
  });
  await world.until(name, finished);
  await world.quiet(name);
  return world.until(name, finished);
}

async function delivered(name: string, options: WebOptions = {}): Promise<string> {
  const revision = await created(name, options);
  await synced(name, { revision });
  await world.until(name, (application) => syncOf(application) === 'Synced' && healthOf(application) === 'Healthy');
  return revision;
}

/** Commits and waits until the Application compares with it. */
async function moved(name: string, options: WebOptions): Promise<string> {
  const revision = await world.commit({ ...removed(name), ...webOverlay(name, options) });
  world.argo.refresh(name);
  await world.until(name, (application) => revisionOf(application) === revision);
  return revision;
}

function removed(name: string): Record<string, null> {
  return { [`overlays/${name}/service.yaml`]: null };
}

describe('a sync that fails', () => {
  it('for want of the namespace, at every object', async () => {
    const revision = await created('no-namespace');

    const ended = await synced('no-namespace', { revision, syncOptions: [] });

    expect([phaseOf(ended), syncOf(ended), healthOf(ended)]).toEqual(['Failed', 'OutOfSync', 'Missing']);
    expect(messageOf(ended)).toBe('one or more objects failed to apply, reason: namespaces "ns-no-namespace" not found');
    expect(outcomesOf(ended)).toContain('Deployment/web SyncFailed Failed: namespaces "ns-no-namespace" not found');
    expect(pathsOf(statusOf(ended))).toEqual(withoutOptions(await shapeOf('argo-50-sync-failed-namespace-missing')));
  });

  it('at an immutable field, after the others were found healthy', async () => {
    await delivered('immutable');
    const revision = await world.commit(webOverlay('immutable', { selector: { tier: 'front' } }));

    const ended = await synced('immutable', { revision });

    expect([phaseOf(ended), syncOf(ended), healthOf(ended)]).toEqual(['Failed', 'OutOfSync', 'Healthy']);
    expect(messageOf(ended)).toMatch(
      /^one or more synchronization tasks completed unsuccessfully, reason: error when patching ".*": Deployment.apps "web" is invalid: spec.selector: .*field is immutable$/,
    );
    expect(world.states('immutable').map(messageOf)).toContain('waiting for healthy state of /ConfigMap/web-config and 1 more resources');
    expect(outcomesOf(ended)[1]).toBe('Service/web Synced Succeeded: service/web unchanged');
    expect(pathsOf(statusOf(ended))).toEqual(await shapeOf('argo-51-sync-failed-immutable-selector'));
  });

  it('at a value that the API refuses', async () => {
    await delivered('invalid');
    const service = webOverlay('invalid')['overlays/invalid/service.yaml'] ?? '';
    const revision = await world.commit({ 'overlays/invalid/service.yaml': service.replace('port: 80,', 'port: 99999999,') });

    const ended = await synced('invalid', { revision });

    expect(messageOf(ended)).toMatch(
      /^one or more synchronization tasks completed unsuccessfully, reason: error when patching ".*": Service "web" is invalid: spec.ports\[0\].port: Invalid value: 99999999: must be between 1 and 65535, inclusive$/,
    );
    expect(listAt(ended, 'status', 'resources').map((row) => textAt(row, 'status'))).toEqual(['Synced', 'OutOfSync', 'Synced']);
    expect(pathsOf(statusOf(ended))).toEqual(await shapeOf('argo-44-sync-failed-validation'));
  });

  it('at a commit that nobody has, with an error', async () => {
    await delivered('unknown-commit');
    const unknown = 'deadbeef'.repeat(5);

    const ended = await synced('unknown-commit', { revision: unknown });

    expect([phaseOf(ended), syncOf(ended)]).toEqual(['Error', 'Synced']);
    expect(messageOf(ended)).toContain(
      `Failed to checkout revision ${unknown}: \`git fetch origin ${unknown} --tags --force --prune\` failed exit status 128`,
    );
    expect(pathsOf(statusOf(ended))).toEqual(await shapeOf('argo-47-sync-error-unknown-revision'));
  });

  function withoutOptions(paths: readonly string[]): readonly string[] {
    return paths.filter((path) => !path.includes('syncOptions'));
  }
});

describe('what is no longer declared', () => {
  const service = { kind: 'Service', name: 'web', version: 'v1' };

  it('stays when the sync may not prune, and the application is out of sync', async () => {
    await delivered('kept');
    const revision = await moved('kept', { service: false });

    const ended = await synced('kept', { revision });

    expect([phaseOf(ended), syncOf(ended)]).toEqual(['Succeeded', 'OutOfSync']);
    expect(outcomesOf(ended)).toContain('Service/web PruneSkipped Succeeded: ignored (requires pruning)');
    expect(listAt(ended, 'status', 'resources')).toContainEqual({
      ...service,
      namespace: 'ns-kept',
      status: 'OutOfSync',
      requiresPruning: true,
    });
  });

  it.each<[string, readonly string[], number]>([
    ['pruned', [], 0],
    ['pruned-last', ['PruneLast=true'], -1],
  ])('is deleted when it may: %s', async (name, syncOptions, place) => {
    await delivered(name);
    const revision = await moved(name, { service: false });

    const ended = await synced(name, { revision, prune: true, syncOptions: [...syncOptions] });
    await world.until(name, (application) => syncOf(application) === 'Synced');

    expect(outcomesOf(ended).at(place)).toBe('Service/web Pruned Succeeded: pruned');
    await expect(world.read(`/api/v1/namespaces/ns-${name}/services/web`)).rejects.toThrow('not found');
  });
});

describe('other ways to sync', () => {
  it('server-side apply owns what it applies', async () => {
    const revision = await created('server-side');

    const ended = await synced('server-side', { revision, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] });
    const live = await world.read('/apis/apps/v1/namespaces/ns-server-side/deployments/web');

    expect(outcomesOf(ended)).toContain('Deployment/web Synced Running: deployment.apps/web serverside-applied');
    expect(listAt(live, 'metadata', 'managedFields')).toContainEqual(
      expect.objectContaining({ manager: 'argocd-controller', operation: 'Apply' }),
    );
    expect(textAt(live, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')).toBeUndefined();
    const healthy = await world.until(
      'server-side',
      (application) => syncOf(application) === 'Synced' && healthOf(application) === 'Healthy',
    );
    expect(pathsOf(statusOf(healthy))).toEqual(await shapeOf('argo-70-ssa-synced'));
  });

  it('a partial sync touches what it names and makes no history', async () => {
    const revision = await created('partial');
    await world.client.send({
      verb: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns-partial' } },
    });

    const ended = await synced('partial', { revision, resources: [{ kind: 'ConfigMap', name: 'web-config' }] });

    expect([phaseOf(ended), syncOf(ended)]).toEqual(['Succeeded', 'OutOfSync']);
    expect(outcomesOf(ended)).toEqual(['ConfigMap/web-config Synced Running: configmap/web-config created']);
    expect(listAt(ended, 'status', 'history')).toEqual([]);
  });

  it('a dry run changes nothing and makes no history', async () => {
    const revision = await delivered('dry');
    await world.patch('/apis/apps/v1/namespaces/ns-dry/deployments/web', { spec: { replicas: 2 } });
    await world.until('dry', (application) => syncOf(application) === 'OutOfSync');

    const ended = await synced('dry', { revision, dryRun: true });

    expect([phaseOf(ended), syncOf(ended)]).toEqual(['Succeeded', 'OutOfSync']);
    expect(outcomesOf(ended)).toContain('Deployment/web Synced Running: deployment.apps/web configured (dry run)');
    expect(listAt(ended, 'status', 'history')).toHaveLength(1);
  });

  it('waves follow each other when the earlier one is healthy', async () => {
    const wave = (name: string, n: number): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations: { argocd.argoproj.io/sync-wave: '${String(n)}' }\n`;
    const revision = await created('waves', { more: { 'last.yaml': wave('last', 2), 'first.yaml': wave('first', -1) } });

    const ended = await synced('waves', { revision });

    expect(outcomesOf(ended).map((outcome) => outcome.split(' ')[0])).toEqual([
      'Namespace/ns-waves',
      'ConfigMap/first',
      'ConfigMap/web-config',
      'Service/web',
      'Deployment/web',
      'ConfigMap/last',
    ]);
    expect(outcomesOf(ended)).toContain('Deployment/web Synced Succeeded: deployment.apps/web created');
    expect(listAt(ended, 'status', 'resources')).toContainEqual(expect.objectContaining({ name: 'last', syncWave: 2 }));
  });

  it('automated sync starts by itself, tries a commit once, and heals when told to', async () => {
    await world.commit(webOverlay('auto'));
    await world.create('auto', { syncPolicy: { automated: { selfHeal: true }, syncOptions: ['CreateNamespace=true'] } });
    const first = await world.until('auto', (application) => finished(application) && healthOf(application) === 'Healthy');
    await world.patch('/apis/apps/v1/namespaces/ns-auto/deployments/web', { spec: { replicas: 3 } });

    const healed = await world.until(
      'auto',
      (application) => listAt(application, 'status', 'history').length === 2 && syncOf(application) === 'Synced',
    );

    expect(listAt(first, 'status', 'history')[0]).toMatchObject({ initiatedBy: { automated: true } });
    expect(phaseOf(healed)).toBe('Succeeded');
  });

  it('keeps the last ten syncs as history', async () => {
    const revision = await delivered('often');
    for (let n = 0; n < 10; n += 1) await synced('often', { revision });

    const application = await world.until('often', finished);

    expect(listAt(application, 'status', 'history').map((entry) => numberAt(entry, 'id'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('an application that is deleted', () => {
  it('takes its objects along when its finalizer says so', async () => {
    await delivered('cascade');
    const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/cascade';
    await world.patch(path, { metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] } });

    await world.client.send({ verb: 'DELETE', path });

    await expect.poll(() => world.read(path).catch((error: unknown) => String(error)), { timeout: 20_000 }).toContain('not found');
    await expect(world.read('/apis/apps/v1/namespaces/ns-cascade/deployments/web')).rejects.toThrow('not found');
  });
});
