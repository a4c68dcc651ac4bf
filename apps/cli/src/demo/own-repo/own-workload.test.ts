import type { JsonObject } from '@fairlead/domain';
import { expect, it } from 'vitest';
import { ownWorkload } from './own-workload.ts';

function workload(kind: string, name: string, replicas?: number): JsonObject {
  const containers = [{ name: 'main', image: 'redis' }];
  const spec = { ...(replicas === undefined ? {} : { replicas }), template: { spec: { containers, initContainers: [{ name: 'first' }] } } };
  return { apiVersion: 'apps/v1', kind, metadata: { name }, spec };
}

it('takes a Deployment that runs before anything else', () => {
  const objects = [workload('StatefulSet', 'db'), workload('Deployment', 'off', 0), workload('Deployment', 'web', 2)];

  expect(ownWorkload(objects, 'shop')).toEqual({ kind: 'Deployment', namespace: 'shop', name: 'web', containers: ['main', 'first'] });
});

it.each(['StatefulSet', 'DaemonSet'])('takes a %s where there is nothing else', (kind) => {
  expect(ownWorkload([workload(kind, 'db')], 'shop')).toMatchObject({ kind, name: 'db' });
});

it('takes none where nothing runs', () => {
  expect(
    ownWorkload([workload('Deployment', 'off', 0), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }], 'shop'),
  ).toBeUndefined();
});
