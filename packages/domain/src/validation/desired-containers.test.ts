import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { desiredContainers } from './desired-containers.ts';

const pod = { initContainers: [{ name: 'wait', image: 'init' }], containers: [{ name: 'api', image: 'main' }] };
const object = (kind: string, spec: Json): JsonObject & { readonly kind: string } => ({ kind, metadata: { name: 'x' }, spec });

it.each<[string, ReturnType<typeof object>, boolean]>([
  ['a deployment', object('Deployment', { replicas: 2, template: { spec: pod } }), true],
  ['a deployment without replicas, for an autoscaler', object('Deployment', { template: { spec: pod } }), true],
  ['a deployment that is scaled to nothing', object('Deployment', { replicas: 0, template: { spec: pod } }), false],
  ['a job', object('Job', { template: { spec: pod } }), false],
  ['a cron job', object('CronJob', { jobTemplate: { spec: { template: { spec: pod } } } }), false],
  ['a pod', object('Pod', pod), true],
  ['a kind of somebody else', object('Rollout', { template: { spec: pod } }), true],
])('finds the containers of %s', (_what, workload, lasting) => {
  expect(desiredContainers([workload])).toEqual([
    { workload: `${workload.kind}/x`, container: 'wait', image: 'init', lasting },
    { workload: `${workload.kind}/x`, container: 'api', image: 'main', lasting },
  ]);
});

it.each<JsonObject>([
  {},
  object('ConfigMap', null),
  object('Deployment', { template: [] }),
  object('Deployment', { template: { spec: { containers: 'none' } } }),
])('finds none in %j', (workload) => {
  expect(desiredContainers([workload])).toEqual([]);
});

it('copes with containers that say nothing', () => {
  expect(desiredContainers([{ spec: { containers: [null, {}] } }])).toEqual([
    { workload: '/', container: '', image: '', lasting: true },
    { workload: '/', container: '', image: '', lasting: true },
  ]);
});
