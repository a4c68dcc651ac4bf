import { UpstreamError, type CoverageGap, type JsonObject, type ObjectRef } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { LiveObject } from '../ports/cluster.ts';
import { ownHealth } from './own-health.ts';

type Ports = Parameters<typeof ownHealth>[0];

const now = new Date('2026-11-23T15:30:00Z');
const target = { controller: 'flux', cluster: 'home', namespace: 'flux-system', name: 'shop' } as const;
const ref = (kind: string, name = 'web', group = ''): ObjectRef => ({ group, version: 'v1', kind, namespace: 'shop', name });

function live(of: ObjectRef, more: JsonObject = {}, metadata: JsonObject = {}): LiveObject {
  const { name, kind, group, version } = of;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const object: JsonObject = { apiVersion, kind, metadata: { name, namespace: 'shop', generation: 1, ...metadata }, ...more };
  return { ref: of, uid: 'u', resourceVersion: '1', object };
}

/** What is asked for, and what there is. */
function cluster(objects: readonly LiveObject[], gaps: readonly CoverageGap[] = []): Ports & { readonly asked: string[] } {
  const asked: string[] = [];
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for here'));
  return {
    asked,
    cluster: {
      resolveDestination: (_target, { name }) =>
        Promise.resolve(name === 'in-cluster' ? { kind: 'resolved', cluster: 'home' } : { kind: 'unresolved', reason: 'no such cluster' }),
      listObjects({ kinds = [] }, take) {
        asked.push(...kinds.map(({ kind }) => kind));
        for (const object of objects) take(object);
        return Promise.resolve({ kinds: [], namespaces: ['shop'], gaps });
      },
      ...{ liveContainers: unused, servedKinds: unused, customSchemas: unused, watchObjects: unused, containersOf: () => [] },
    },
  };
}

const look = (ports: Ports, inventory: readonly ObjectRef[], name = 'in-cluster') =>
  ownHealth(ports, { target, destination: { name, namespace: '' }, inventory }, now);

const claim = ref('PersistentVolumeClaim');

describe('our own look at an inventory', () => {
  it('says how each object is, and what is missing', async () => {
    const ports = cluster([live(claim, { status: { phase: 'Lost' } }), live(ref('Service', 'somebody-elses'))]);

    expect((await look(ports, [claim, ref('Service')])).objects).toMatchObject([
      { ref: claim, status: 'Degraded' },
      { ref: ref('Service'), status: 'Missing' },
    ]);
  });

  it('asks for no Secrets, and for nothing that has a controller of its own', async () => {
    const ports = cluster([live(ref('ConfigMap'))]);

    const seen = await look(ports, [ref('Secret'), ref('ConfigMap'), ref('HelmRelease', 'web', 'helm.toolkit.fluxcd.io')]);

    expect([ports.asked, seen.unseen]).toEqual([['ConfigMap'], []]);
  });

  it.each(['annotations', 'labels'])('leaves out what its %s take out of the controller’s hands', async (place) => {
    const waived = live(claim, { status: { phase: 'Lost' } }, { [place]: { 'kustomize.toolkit.fluxcd.io/reconcile': 'Disabled' } });

    expect((await look(cluster([waived]), [claim])).objects).toEqual([]);
  });

  it('calls nothing missing that it may not see, and says so', async () => {
    const gap = {
      group: '',
      version: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'shop',
      reason: 'no right',
      since: now.toISOString(),
    };

    expect(await look(cluster([], [gap]), [claim])).toMatchObject({ objects: [], unseen: ['PersistentVolumeClaim in shop: no right'] });
  });

  it('says so where the cluster is not known or does not answer', async () => {
    const away = cluster([]);
    const error = new UpstreamError('kubernetes-unreachable', 'listing: away', { provider: 'kubernetes', retryable: true });
    const silent: Ports = { cluster: { ...away.cluster, listObjects: () => Promise.reject(error) } };

    expect((await look(away, [claim], 'prod')).unseen).toEqual(['no such cluster']);
    expect((await look(silent, [claim])).unseen).toEqual(['listing: away']);
  });
});
