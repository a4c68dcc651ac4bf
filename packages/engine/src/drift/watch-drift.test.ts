import { digestOf, EnvironmentId, type CoverageGap, type JsonObject } from '@fairlead/domain';
import { expect, it } from 'vitest';
import type { Cluster, ObjectEvent } from '../ports/cluster.ts';
import { watchDrift, type WatchTold } from './watch-drift.ts';

const at = '2026-01-01T12:00:00.000Z';
const wanted: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { mode: 'fast' },
};
const gap: CoverageGap = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', reason: 'forbidden', since: at };
const refuse = (): Promise<never> => Promise.reject(new Error('not asked'));

/** Serves one kind and hands over what tells its watch. */
function cluster(freshAt: string | undefined): { readonly cluster: Cluster; readonly tell: (event: ObjectEvent) => void } {
  const listeners: ((event: ObjectEvent) => void)[] = [];
  const kind = { group: '', version: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true, verbs: ['list'], custom: false };
  return {
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    cluster: {
      servedKinds: () => Promise.resolve({ kinds: [kind], gaps: [] }),
      customSchemas: () => Promise.resolve({}),
      containersOf: () => [],
      watchObjects(_scope, tell) {
        listeners.push(tell);
        return Promise.resolve({
          coverage: () => ({ kinds: [], namespaces: [], gaps: [] }),
          freshAt: () => freshAt,
          stop: () => Promise.resolve(),
        });
      },
      liveContainers: refuse,
      resolveDestination: refuse,
      listObjects: refuse,
    },
  };
}

async function watching(freshAt: string | undefined) {
  const told: WatchTold[] = [];
  const { cluster: port, tell } = cluster(freshAt);
  const render = () =>
    Promise.resolve({ kind: 'rendered', yaml: '', objects: [wanted], inputs: [], versions: {}, digest: digestOf([wanted]) } as const);
  const ports = { cluster: port, renderer: { render }, clock: { now: () => new Date(at) }, hashSecret: () => '#' };
  const place = { target: 'shop', cluster: 'home' };
  const files = { look: () => Promise.resolve({ kind: 'absent' } as const) };
  const request = {
    environment: EnvironmentId.parse('shop/dev'),
    path: '',
    files,
    commit: 'working-tree',
    namespaces: [],
    ownedNamespaces: [],
  } as const;
  const watched = await watchDrift(ports, { request: { ...request, places: [place] }, place }, (one) => told.push(one));
  return { told, tell, watched };
}

it('tells of what it can no longer see as of a difference, and when it can again', async () => {
  const { told, tell } = await watching(at);

  tell({ kind: 'in-sync', of: { group: '', version: 'v1', kind: 'ConfigMap' }, at });
  await Promise.resolve();
  tell({ kind: 'gap', gap });
  await Promise.resolve();
  tell({ kind: 'gap-closed', gap, at });
  await Promise.resolve();

  expect(told.map(({ changes, sight }) => [changes.opened.map(({ class: how }) => how), sight])).toEqual([
    [['missing'], []],
    [[], [{ seen: false, gap }]],
    [[], [{ seen: true, gap }]],
  ]);
});

it.each([at, undefined])('says when the cluster was last heard of: %s', async (freshAt) => {
  const { watched } = await watching(freshAt);

  expect(watched.kind === 'watching' && [watched.watching.freshAt(), watched.watching.inSync()]).toEqual([freshAt, freshAt !== undefined]);
});
