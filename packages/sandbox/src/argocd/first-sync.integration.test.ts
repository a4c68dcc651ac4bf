import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listAt, textAt } from '../json/json.ts';
import { argoWorld, finished, type ArgoWorld } from './testing/argo-world.ts';
import { readRecording } from './testing/recording.ts';
import { healthOf, messageOf, phaseOf, syncOf } from './testing/read-state.ts';
import { pathsOf } from '../testing/paths.ts';
import { webOverlay } from '../testing/web-app.ts';
import { statusOf } from './application/application.ts';
import { type KubeObject } from '../kube/kube-object.ts';

let world: ArgoWorld;
let revision: string;
let created: KubeObject;
let settled: KubeObject;

beforeAll(async () => {
  world = await argoWorld();
  revision = await world.commit(webOverlay('web'));
  await world.create('web', { syncPolicy: { syncOptions: ['CreateNamespace=true'] } });
  created = await world.until('web', (application) => healthOf(application) === 'Missing');
  await world.operate('web', {
    info: [{ name: 'recorder/release-id', value: 'r-1' }],
    initiatedBy: { username: 'recorder:alice', automated: false },
    retry: { limit: 0 },
    sync: { revision, prune: false, syncStrategy: { hook: {} }, syncOptions: ['CreateNamespace=true'] },
  });
  settled = await world.until('web', (application) => finished(application) && healthOf(application) === 'Healthy');
});

afterAll(() => world[Symbol.asyncDispose]());

/** The pairs of states in order, each once in a row. */
function steps(): readonly string[] {
  const told = world.states('web').map((application) => {
    const requested = application['operation'] === undefined ? '' : 'requested ';
    const state = `${requested}${phaseOf(application) ?? 'idle'} ${syncOf(application) ?? 'unknown'}/${healthOf(application) ?? 'unknown'}`;
    const [finishedAt, reconciledAt] = [
      textAt(application, 'status', 'operationState', 'finishedAt'),
      textAt(application, 'status', 'reconciledAt'),
    ];
    return finishedAt === undefined ? state : `${state} ${(reconciledAt ?? '') >= finishedAt ? 'compared since' : 'not compared since'}`;
  });
  return told.filter((step, index) => step !== told[index - 1]);
}

describe('first sync', () => {
  it('goes through the recorded states in their order', () => {
    const told = steps();

    expect(told.slice(0, 4)).toEqual([
      'idle unknown/unknown',
      'idle OutOfSync/Missing',
      'requested idle OutOfSync/Missing',
      'requested Running OutOfSync/Missing',
    ]);
    expect(told[4]).toMatch(/^Succeeded OutOfSync\/Missing/);
    expect(told[5]).toMatch(/^Succeeded Synced\/(Progressing|Healthy)/);
    expect(told.at(-1)).toBe('Succeeded Synced/Healthy compared since');
  });

  it('writes history before the end, and the end together with the removal of the request', () => {
    const states = world.states('web');
    const withHistory = states.find((application) => listAt(application, 'status', 'history').length === 1);
    const ended = states.find((application) => phaseOf(application) === 'Succeeded');

    expect(withHistory && phaseOf(withHistory)).toBe('Running');
    expect(withHistory?.['operation']).toBeDefined();
    expect(ended?.['operation']).toBeUndefined();
  });

  it('waits for the namespace that it makes first', () => {
    expect(world.states('web').map(messageOf)).toContain('waiting for healthy state of /Namespace/ns-web');
  });

  it('writes status as the field manager of the controller', () => {
    const managers = listAt(settled, 'metadata', 'managedFields').map((entry) => textAt(entry, 'manager'));

    expect(managers).toContain('argocd-application-controller');
  });

  it('applies as kubectl would, tracked and recorded', async () => {
    const live = await world.read('/apis/apps/v1/namespaces/ns-web/deployments/web');
    const annotations = live.metadata['annotations'];
    const record = textAt(annotations, 'kubectl.kubernetes.io/last-applied-configuration') ?? '';

    expect(textAt(annotations, 'argocd.argoproj.io/tracking-id')).toBe('web:apps/Deployment:ns-web/web');
    expect(record).toMatch(
      /^\{"apiVersion":"apps\/v1","kind":"Deployment","metadata":\{"annotations":\{"argocd.argoproj.io\/tracking-id":/,
    );
    expect(record).not.toContain('"status"');
    expect(listAt(live, 'metadata', 'managedFields')).toContainEqual(
      expect.objectContaining({ manager: 'argocd-controller', operation: 'Update' }),
    );
  });

  it('has a status of the recorded shape before the first sync', async () => {
    expect(pathsOf(statusOf(created))).toEqual(pathsOf(statusOf(await readRecording('argo-02-outofsync-missing'))));
  });

  it('has a status of the recorded shape when it succeeded and was not compared yet', async () => {
    const ended = world.states('web').find((application) => phaseOf(application) === 'Succeeded');

    expect(ended && pathsOf(statusOf(ended))).toEqual(pathsOf(statusOf(await readRecording('argo-05-sync-succeeded-first-seen'))));
  });

  it('has a status of the recorded shape in the end', async () => {
    expect(pathsOf(statusOf(settled))).toEqual(pathsOf(statusOf(await readRecording('argo-06-synced-healthy'))));
  });
});
