import { AppsV1Api } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import type { JsonObject } from '../json/json.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import type { ContractWorld } from './contract-world.ts';
import { deployment, firstImage, job, secondImage } from './workloads.ts';

const deployments = 'apps/v1/deployments';

function conditionOf(object: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(object, 'status', 'conditions').find((condition) => condition['type'] === type);
}

/** As `kubectl rollout status` decides it. */
function isRolledOut(object: JsonObject): boolean {
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1;
  const counts = ['replicas', 'updatedReplicas', 'availableReplicas'].map((key) => numberAt(object, 'status', key) ?? 0);
  return (
    numberAt(object, 'status', 'observedGeneration') === numberAt(object, 'metadata', 'generation') &&
    counts.every((count) => count === replicas)
  );
}

async function podsOf({ ok, path }: ContractWorld, app: string): Promise<readonly JsonObject[]> {
  return objectsAt(await ok('GET', path('pods'), { query: { labelSelector: `app=${app}` } }), 'items');
}

function imageIds(pods: readonly JsonObject[]): readonly (string | undefined)[] {
  return pods
    .filter((pod) => textAt(pod, 'metadata', 'deletionTimestamp') === undefined)
    .flatMap((pod) => {
      return objectsAt(pod, 'status', 'containerStatuses').map((container) => textAt(container, 'imageID'));
    });
}

const cases: readonly ContractCase[] = [
  {
    behaviour: 'rolls a deployment out to pods that run the digest',
    run: async (world) => {
      await world.ok('POST', world.path(deployments), { body: deployment('web', { replicas: 2 }) });

      const rolledOut = await world.until(
        deployments,
        'web',
        (one) => isRolledOut(one) && conditionOf(one, 'Available')?.['status'] === 'True',
      );

      assert.equal(conditionOf(rolledOut, 'Progressing')?.['reason'], 'NewReplicaSetAvailable');
      assert.equal(textAt(rolledOut, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'), '1');
      const pods = await podsOf(world, 'web');
      assert.deepEqual(imageIds(pods), [firstImage, firstImage]);
      assert.ok(pods.every((pod) => conditionOf(pod, 'Ready')?.['status'] === 'True' && textAt(pod, 'status', 'phase') === 'Running'));
      const [owner] = objectsAt(pods[0], 'metadata', 'ownerReferences');
      assert.equal(owner?.['kind'], 'ReplicaSet');
    },
  },
  {
    behaviour: 'replaces the pods of a changed deployment and keeps the old replica set at zero',
    run: async (world) => {
      await world.ok('POST', world.path(deployments), { body: deployment('web') });
      await world.until(deployments, 'web', isRolledOut);

      const containers = [{ name: 'web', image: secondImage }];
      const body = { spec: { template: { spec: { containers } } } };
      await world.ok('PATCH', world.path(deployments, 'web'), { body, contentType: 'application/strategic-merge-patch+json' });

      await world.until(deployments, 'web', (one) => isRolledOut(one) && numberAt(one, 'status', 'observedGeneration') === 2);
      assert.deepEqual(imageIds(await podsOf(world, 'web')), [secondImage]);
      const sets = objectsAt(await world.ok('GET', world.path('apps/v1/replicasets')), 'items');
      assert.deepEqual(sets.map((set) => numberAt(set, 'spec', 'replicas')).sort(), [0, 1]);
    },
  },
  {
    behaviour: 'keeps the old pods when the new ones never become ready',
    run: async (world) => {
      await world.ok('POST', world.path(deployments), { body: deployment('web') });
      await world.until(deployments, 'web', isRolledOut);

      const template = { metadata: { annotations: { 'test-cluster/ready': 'false' } } };
      const body = { spec: { progressDeadlineSeconds: 1, template } };
      await world.ok('PATCH', world.path(deployments, 'web'), { body, contentType: 'application/merge-patch+json' });

      // A second's deadline may be over before the new pod is there, because conditions know whole seconds.
      const isStuck = (one: JsonObject): boolean => conditionOf(one, 'Progressing')?.['status'] === 'False';
      const stuck = await world.until(deployments, 'web', (one) => isStuck(one) && numberAt(one, 'status', 'updatedReplicas') === 1);
      assert.equal(conditionOf(stuck, 'Progressing')?.['reason'], 'ProgressDeadlineExceeded');
      assert.deepEqual([numberAt(stuck, 'status', 'availableReplicas'), numberAt(stuck, 'status', 'updatedReplicas')], [1, 1]);
    },
  },
  {
    behaviour: 'scales through the subresource',
    run: async (world) => {
      await world.ok('POST', world.path(deployments), { body: deployment('web') });
      await world.until(deployments, 'web', isRolledOut);
      const target = `${world.path(deployments, 'web')}/scale`;

      const scale = await world.ok('GET', target);
      const written = await world.ok('PUT', target, { body: { ...scale, spec: { replicas: 3 } } });

      assert.deepEqual([scale['kind'], scale['apiVersion'], textAt(scale, 'status', 'selector')], ['Scale', 'autoscaling/v1', 'app=web']);
      assert.deepEqual(written['spec'], { replicas: 3 });
      await world.until(deployments, 'web', (one) => isRolledOut(one) && numberAt(one, 'status', 'replicas') === 3);
    },
  },
  {
    behaviour: 'deletes pods and replica sets with their deployment',
    run: async (world) => {
      await world.ok('POST', world.path(deployments), { body: deployment('web') });
      await world.until(deployments, 'web', isRolledOut);
      const [pod] = await podsOf(world, 'web');

      await world.ok('DELETE', world.path(deployments, 'web'));

      await world.gone('pods', textAt(pod, 'metadata', 'name') ?? '');
    },
  },
  {
    behaviour: 'starts the pods of a stateful set one after the other, each with its claim',
    run: async (world) => {
      const { spec } = deployment('db', { replicas: 2 });
      const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
      const { replicas = 0, selector = {}, template = {} } = spec;
      const body = { metadata: { name: 'db' }, spec: { replicas, selector, template, serviceName: 'db', volumeClaimTemplates: [claim] } };
      await world.ok('POST', world.path('apps/v1/statefulsets'), { body });

      const ready = await world.until('apps/v1/statefulsets', 'db', (one) => numberAt(one, 'status', 'readyReplicas') === 2);

      const status = objectAt(ready, 'status');
      assert.equal(status['currentRevision'], status['updateRevision']);
      assert.deepEqual(
        (await podsOf(world, 'db')).map((pod) => textAt(pod, 'metadata', 'name')),
        ['db-0', 'db-1'],
      );
      await world.ok('GET', world.path('persistentvolumeclaims', 'data-db-1'));
    },
  },
  {
    behaviour: 'completes a job whose pod succeeds and fails one whose pod fails',
    run: async (world) => {
      await world.ok('POST', world.path('batch/v1/jobs'), { body: job('good') });
      await world.ok('POST', world.path('batch/v1/jobs'), { body: job('bad', { 'test-cluster/exit': '1' }) });

      const good = await world.until('batch/v1/jobs', 'good', (one) => conditionOf(one, 'Complete') !== undefined);
      const bad = await world.until('batch/v1/jobs', 'bad', (one) => conditionOf(one, 'Failed') !== undefined);

      assert.equal(numberAt(good, 'status', 'succeeded'), 1);
      assert.equal(conditionOf(bad, 'Failed')?.['reason'], 'BackoffLimitExceeded');
    },
  },
  {
    behaviour: 'serves the typed client of the library',
    run: async ({ kubeConfig, namespace, ok, path }) => {
      await ok('POST', path(deployments), { body: deployment('web', { replicas: 0 }) });
      const api = kubeConfig.makeApiClient(AppsV1Api);

      const list = await api.listNamespacedDeployment({ namespace });
      const patched = await api.patchNamespacedDeployment({
        namespace,
        name: 'web',
        body: [{ op: 'replace', path: '/spec/replicas', value: 1 }],
      });

      assert.deepEqual(
        list.items.map((item) => item.metadata?.name),
        ['web'],
      );
      assert.equal(patched.spec?.replicas, 1);
    },
  },
];

/** What becomes of workloads: a promotion is delivered when these say so. */
export function workloadCases(): readonly ContractCase[] {
  return cases;
}
