import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listAt, objectAt, textAt } from '../json/json.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { pathsOf } from '../testing/paths.ts';
import { webOverlay } from '../testing/web-app.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { readFluxRecording } from './testing/recording.ts';
import { conditionsText, inventoryIds, isReady, readyMessage } from './testing/steps.ts';

let world: FluxWorld;
let revision: string;
let created: KubeObject;
let source: KubeObject;
let delivered: KubeObject;

const spec = {
  interval: '1h',
  retryInterval: '1h',
  prune: true,
  wait: true,
  timeout: '15s',
  path: './overlays/web',
  targetNamespace: 'first',
};

beforeAll(async () => {
  world = await fluxWorld();
  const commit = await world.commit(webOverlay('web'));
  revision = `main@sha1:${commit}`;
  await createNamespace(world.client, 'first');
  created = await world.create('GitRepository', 'app', { interval: '1h', url: world.repositoryUrl, ref: { branch: 'main' } });
  source = await world.until(
    'GitRepository',
    'app',
    (object) => isReady(object) && textAt(object, 'status', 'artifact', 'revision') === revision,
  );
  await world.create('Kustomization', 'web', { ...spec, sourceRef: { kind: 'GitRepository', name: 'app' } });
  delivered = await world.until('Kustomization', 'web', (object) => textAt(object, 'status', 'lastAppliedRevision') === revision);
});

afterAll(() => world[Symbol.asyncDispose]());

/** What each state says, each once in a row. */
function told(kind: 'GitRepository' | 'Kustomization', name: string): readonly string[] {
  const texts = world.states(kind, name).map((object) => {
    const [attempted, applied, stored] = ['lastAttemptedRevision', 'lastAppliedRevision', 'artifact'].map(
      (field) => objectAt(object, 'status')[field] !== undefined,
    );
    const marks = [attempted === true ? 'attempted' : '', applied === true ? 'applied' : '', stored === true ? 'stored' : ''];
    return [conditionsText(object), ...marks, inventoryIds(object).length > 0 ? 'inventory' : ''].filter((text) => text !== '').join(' ');
  });
  return texts.filter((text, index) => text !== texts[index - 1]);
}

describe('a first delivery', () => {
  it('starts unobserved', async () => {
    expect(objectAt(created, 'status')).toEqual(objectAt(await readFluxRecording('flux-01-gitrepository-created'), 'status'));
  });

  it('takes the source through the recorded states', () => {
    expect(told('GitRepository', 'app')).toEqual([
      '',
      'Reconciling=True(Progressing) Ready=Unknown(Progressing)',
      'Ready=True(Succeeded) ArtifactInStorage=True(Succeeded)',
      'Ready=True(Succeeded) ArtifactInStorage=True(Succeeded) stored',
    ]);
  });

  it('leaves the source with a status of the recorded shape and words', async () => {
    const recorded = await readFluxRecording('flux-02-gitrepository-ready');

    expect(pathsOf(objectAt(source, 'status'))).toEqual(pathsOf(objectAt(recorded, 'status')));
    expect(readyMessage(source)).toBe(`stored artifact for revision '${revision}'`);
    expect(textAt(source, 'status', 'artifact', 'path')).toBe(`gitrepository/flux-system/app/${revision.slice(10)}.tar.gz`);
  });

  it('takes the Kustomization through the recorded states', () => {
    const busy = 'Reconciling=True(Progressing) Ready=Unknown(Progressing)';

    expect(told('Kustomization', 'web')).toEqual([
      '',
      busy,
      `${busy} attempted`,
      `${busy} Healthy=Unknown(Progressing) attempted`,
      `${busy} Healthy=Unknown(Progressing) attempted inventory`,
      `${busy} Healthy=True(Succeeded) attempted inventory`,
      'Ready=True(ReconciliationSucceeded) Healthy=True(Succeeded) attempted inventory',
      'Ready=True(ReconciliationSucceeded) Healthy=True(Succeeded) attempted applied inventory',
    ]);
  });

  it('says at each step what it does', () => {
    const messages = world
      .states('Kustomization', 'web')
      .flatMap((object) =>
        listAt(object, 'status', 'conditions').flatMap((condition) =>
          textAt(condition, 'type') === 'Reconciling' ? [textAt(condition, 'message') ?? ''] : [],
        ),
      );

    expect([...new Set(messages)]).toEqual(
      ['Fetching manifests', 'Building manifests', 'Detecting drift', 'Running health checks'].map(
        (step) => `${step} for revision ${revision} with a timeout of 30s`,
      ),
    );
  });

  it('leaves the Kustomization with a status of the recorded shape', async () => {
    const recorded = await readFluxRecording('flux-05-kustomization-ready');

    expect(pathsOf(objectAt(delivered, 'status'))).toEqual(pathsOf(objectAt(recorded, 'status')));
    expect(inventoryIds(delivered)).toEqual(inventoryIds(recorded).map((id) => id.replace('shop-flux', 'first')));
    expect(readyMessage(delivered)).toBe(`Applied revision: ${revision}`);
  });

  it('applies in the name of the controller, labelled with the owner', async () => {
    const live = await world.read('/apis/apps/v1/namespaces/first/deployments/web');
    const managers = listAt(live, 'metadata', 'managedFields').map(
      (entry) => `${textAt(entry, 'manager') ?? ''} ${textAt(entry, 'operation') ?? ''}`,
    );

    expect(managers).toContain('kustomize-controller Apply');
    expect(objectAt(live, 'metadata', 'labels')).toMatchObject({
      'kustomize.toolkit.fluxcd.io/name': 'web',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    });
  });

  it('writes status in the name of the recorded managers', () => {
    const managersOf = (object: KubeObject): readonly string[] =>
      listAt(object, 'metadata', 'managedFields').map((entry) => textAt(entry, 'manager') ?? '');

    expect(managersOf(source)).toContain('source-controller');
    expect(managersOf(delivered)).toContain('gotk-kustomize-controller');
  });
});
