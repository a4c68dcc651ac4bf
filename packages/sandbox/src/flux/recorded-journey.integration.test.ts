import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listAt, numberAt, textAt, type JsonObject } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { webOverlay, type WebOptions } from '../testing/web-app.ts';
import { StatusReader } from './testing/comparable-status.ts';
import { createNamespace, fluxWorld, type FluxKind, type FluxWorld } from './testing/flux-world.ts';
import { readFluxRecording } from './testing/recording.ts';
import { conditionsText, hasEndedWith, isReady } from './testing/steps.ts';

/** The journey that was recorded with the real Flux, step by step in its order, and the status that each step left. */
let world: FluxWorld;
const left = new Map<string, KubeObject>();

const spec = {
  force: false,
  interval: '1h',
  path: './overlays/flux',
  prune: true,
  retryInterval: '1h',
  sourceRef: { kind: 'GitRepository', name: 'app' },
  timeout: '15s',
  wait: true,
};
const source = { interval: '1h', ref: { branch: 'main' }, timeout: '10s' };

/** Publishes and lets Flux take it up; returns the Kustomization once it has come to an end. */
async function publish(options: WebOptions, more: Readonly<Record<string, string>> = {}): Promise<KubeObject> {
  const commit = await world.commit({ ...overlay(options), ...more });
  await world.reconcile('GitRepository', 'app');
  return world.until('Kustomization', 'web', (object) => hasEndedWith(object, commit));
}

function overlay(options: WebOptions = {}): Record<string, string> {
  return { ...webOverlay('flux', { namespace: 'shop-flux', ...options }), ...witness };
}

/** Another Kustomization of the same source. What it takes up, the suspended one has been told of. */
const witness = {
  'overlays/witness/kustomization.yaml': 'namespace: shop-flux\nresources: [seen.yaml]\n',
  'overlays/witness/seen.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: seen }\n',
};

beforeAll(async () => {
  world = await fluxWorld();
  await createNamespace(world.client, 'shop-flux');
  await deliver();
  await suspend();
  await fail();
  await misconfigure();
});

async function deliver(): Promise<void> {
  const commit = await world.commit(overlay());
  left.set('flux-01-gitrepository-created', await world.create('GitRepository', 'app', { ...source, url: world.repositoryUrl }));
  const isStored = (object: KubeObject): boolean => textAt(object, 'status', 'artifact', 'path') !== undefined;
  left.set('flux-02-gitrepository-ready', await world.until('GitRepository', 'app', isStored));
  left.set('flux-03-kustomization-created', await world.create('Kustomization', 'web', spec));
  left.set('flux-05-kustomization-ready', await world.until('Kustomization', 'web', (object) => hasEndedWith(object, commit)));
  left.set(
    'flux-04-kustomization-reconciling',
    firstState((object) => conditionsText(object).startsWith('Reconciling=True(Progressing)')),
  );
  for (let requests = 0; requests < 7; requests += 1) {
    left.set('flux-17-after-drift-corrected', await world.reconcile('Kustomization', 'web'));
  }
}

async function suspend(): Promise<void> {
  left.set('flux-21-kustomization-new-revision', await publish({ replicas: 2 }));
  left.set('flux-20-gitrepository-new-revision', await observed('GitRepository', 'app'));
  await world.create('Kustomization', 'witness', { ...spec, path: './overlays/witness' });
  await observed('Kustomization', 'witness');
  await world.patch('Kustomization', 'web', { spec: { suspend: true } });
  const commit = await world.commit(overlay({ replicas: 3 }));
  await world.reconcile('GitRepository', 'app');
  // Told of it after it is resumed, it would reconcile once more than in the recording.
  await world.until('Kustomization', 'witness', (object) => hasEndedWith(object, commit));
  await world.reconcile('Kustomization', 'web');
  left.set('flux-22-kustomization-suspended-new-revision-waiting', await observed('Kustomization', 'web'));
  await world.patch('Kustomization', 'web', { spec: { suspend: false } });
  left.set('flux-23-kustomization-resumed', await observed('Kustomization', 'web'));
  await world.patch('GitRepository', 'app', { spec: { suspend: true } });
  left.set('flux-24-gitrepository-suspended', await observed('GitRepository', 'app'));
  await world.patch('GitRepository', 'app', { spec: { suspend: false } });
  await observed('GitRepository', 'app');
}

async function fail(): Promise<void> {
  const kustomization = 'overlays/flux/kustomization.yaml';
  left.set('flux-25-kustomization-build-failed', await publish({ replicas: 3 }, { [kustomization]: 'resources: [../../nope]\n' }));
  left.set('flux-26-kustomization-apply-failed-immutable', await publish({ selector: { x: 'true' } }));
  const unready = { 'test-cluster/ready': 'false' };
  left.set('flux-28-kustomization-health-failed', await publish({ podAnnotations: unready, progressDeadlineSeconds: 1 }));
  const attempted = textAt(left.get('flux-28-kustomization-health-failed'), 'status', 'lastAttemptedRevision');
  const isBuilding = (object: KubeObject): boolean => textAt(object, 'status', 'lastAttemptedRevision') === attempted;
  left.set('flux-27-kustomization-health-progressing', firstState(isBuilding));
  left.set('flux-29-kustomization-recovered', await publish({ podAnnotations: { mended: 'true' } }));
}

async function misconfigure(): Promise<void> {
  const expression = { apiVersion: 'v1', kind: 'ConfigMap', current: 'this is not cel (' };
  const wrong: readonly (readonly [string, JsonObject])[] = [
    ['flux-30-kustomization-dep', { dependsOn: [{ name: 'nope' }] }],
    ['flux-31-kustomization-nosrc', { sourceRef: { kind: 'GitRepository', name: 'missing' } }],
    ['flux-32-kustomization-nopath', { path: './missing' }],
    ['flux-33-kustomization-stalled', { healthCheckExprs: [expression] }],
    ['flux-34-kustomization-sa', { serviceAccountName: 'noperm', targetNamespace: 'shop-flux' }],
  ];
  for (const [recording, fields] of wrong) {
    const name = recording.slice(recording.lastIndexOf('-') + 1);
    await world.create('Kustomization', name, { ...spec, ...fields });
    left.set(recording, await world.until('Kustomization', name, isFailed));
  }
  await world.create('GitRepository', 'badbranch', { ...source, url: world.repositoryUrl, ref: { branch: 'none' } });
  await world.create('GitRepository', 'badurl', { ...source, url: world.repositoryUrl.replace('app.git', 'none.git') });
  for (const name of ['badbranch', 'badurl']) left.set(`flux-4-gitrepository-${name}`, await world.until('GitRepository', name, isFailed));
}

/** Also what follows the conditions is written. */
function isFailed(object: KubeObject): boolean {
  const ready = conditionOf(object, 'Ready');
  if (ready?.status !== 'False') return false;
  if (ready.reason === 'ReconciliationFailed') return listAt(object, 'status', 'history').length > 0;
  return ready.reason !== 'InvalidCELExpression' || numberAt(object, 'status', 'observedGeneration') === 1;
}

function firstState(wanted: (object: KubeObject) => boolean): KubeObject {
  const found = world.states('Kustomization', 'web').find(wanted);
  if (found === undefined) throw new Error('the Kustomization never was in this state');
  return found;
}

async function observed(kind: FluxKind, name: string): Promise<KubeObject> {
  const isObserved = (object: KubeObject): boolean =>
    isReady(object) && numberAt(object, 'status', 'observedGeneration') === object.metadata['generation'];
  return world.until(kind, name, isObserved);
}

afterAll(() => world[Symbol.asyncDispose]());

describe('the recorded journey', () => {
  it.each([
    'flux-01-gitrepository-created',
    'flux-02-gitrepository-ready',
    'flux-03-kustomization-created',
    'flux-04-kustomization-reconciling',
    'flux-05-kustomization-ready',
    'flux-17-after-drift-corrected',
    'flux-20-gitrepository-new-revision',
    'flux-21-kustomization-new-revision',
    'flux-22-kustomization-suspended-new-revision-waiting',
    'flux-23-kustomization-resumed',
    'flux-24-gitrepository-suspended',
    'flux-25-kustomization-build-failed',
    'flux-26-kustomization-apply-failed-immutable',
    'flux-27-kustomization-health-progressing',
    'flux-28-kustomization-health-failed',
    'flux-29-kustomization-recovered',
    'flux-30-kustomization-dep',
    'flux-31-kustomization-nosrc',
    'flux-32-kustomization-nopath',
    'flux-33-kustomization-stalled',
    'flux-34-kustomization-sa',
    'flux-4-gitrepository-badbranch',
    'flux-4-gitrepository-badurl',
  ])('leaves the recorded status: %s', async (name) => {
    const status = new StatusReader().read(left.get(name) ?? { apiVersion: '', kind: '', metadata: {} });

    expect(status).toEqual(new StatusReader().read(await readFluxRecording(name)));
  });
});
