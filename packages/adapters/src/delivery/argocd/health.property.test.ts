import { healthOf, type Json, type JsonObject } from '@fairlead/domain';
import { isKubeObject, resourceHealth } from '@fairlead/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What Argo CD calls an object; a kind that it has no check for doesn't count, which is as good as healthy. */
function theirs(object: JsonObject): string {
  if (!isKubeObject(object)) throw new Error('not an object of Kubernetes');
  return resourceHealth(object)?.status ?? 'Healthy';
}

const few = fc.integer({ min: 0, max: 3 });
const truth = fc.constantFrom('True', 'False', 'Unknown');

function record(fields: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<JsonObject> {
  const entries = Object.entries(fields).map(([name, value]) => fc.option(value, { nil: undefined }).map((made) => [name, made] as const));
  return fc
    .tuple(...entries)
    .map((made) => Object.fromEntries(made.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));
}

function conditions(types: readonly string[], reasons: readonly string[] = ['Because']): fc.Arbitrary<Json> {
  const condition = fc.record({
    type: fc.constantFrom(...types),
    status: truth,
    reason: fc.constantFrom(...reasons),
    message: fc.constant('m'),
  });
  return fc.uniqueArray(condition, { selector: ({ type }) => type, maxLength: 3 });
}

function counts(...names: readonly string[]): Record<string, fc.Arbitrary<Json>> {
  return Object.fromEntries(names.map((name) => [name, few]));
}

const ended = fc.constantFrom<JsonObject>({}, { terminated: { exitCode: 1 } }, { terminated: { exitCode: 0, reason: 'Completed' } });
const started = fc.constantFrom<JsonObject>(
  {},
  { waiting: { reason: 'ImagePullBackOff', message: 'm' } },
  { waiting: { reason: 'ErrImagePull' } },
  { waiting: { reason: 'ContainerCreating' } },
  { running: {} },
);
const containers = fc.array(fc.record({ name: fc.constant('web'), state: started, lastState: ended }), { maxLength: 2 });
const address = fc.constantFrom<Json>({}, { ingress: [] }, { ingress: [{ ip: '10.0.0.1' }] });
const times = fc.constantFrom('2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z');
const words = fc.constantFrom('Healthy', 'Degraded', 'Progressing', 'Suspended');

interface Shape {
  readonly spec?: fc.Arbitrary<JsonObject>;
  readonly status?: fc.Arbitrary<JsonObject>;
}

const shapes: Readonly<Record<string, Shape>> = {
  'apps/v1 Deployment': {
    spec: record({ replicas: few, paused: fc.boolean() }),
    status: record({
      ...counts('observedGeneration', 'replicas', 'updatedReplicas', 'availableReplicas'),
      conditions: conditions(['Progressing', 'Available'], ['ProgressDeadlineExceeded', 'NewReplicaSetAvailable']),
    }),
  },
  'apps/v1 StatefulSet': {
    spec: record({
      replicas: few,
      updateStrategy: fc.constantFrom<Json>(
        { type: 'OnDelete' },
        { type: 'RollingUpdate' },
        { type: 'RollingUpdate', rollingUpdate: {} },
        { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
      ),
    }),
    status: record({
      ...counts('observedGeneration', 'readyReplicas', 'updatedReplicas'),
      currentRevision: fc.constantFrom('a', 'b'),
      updateRevision: fc.constantFrom('a', 'b'),
    }),
  },
  'apps/v1 DaemonSet': {
    spec: record({ updateStrategy: fc.constantFrom<Json>({ type: 'OnDelete' }, { type: 'RollingUpdate' }) }),
    status: record(counts('observedGeneration', 'desiredNumberScheduled', 'updatedNumberScheduled', 'numberAvailable')),
  },
  'apps/v1 ReplicaSet': {
    spec: record({ replicas: few }),
    status: record({ ...counts('observedGeneration', 'availableReplicas'), conditions: conditions(['ReplicaFailure']) }),
  },
  'batch/v1 Job': { status: record({ conditions: conditions(['Complete', 'Failed', 'Suspended']) }) },
  'batch/v1 CronJob': {
    spec: record({ suspend: fc.boolean() }),
    status: record({ lastScheduleTime: times, lastSuccessfulTime: times, active: fc.constantFrom<Json>([], [{}]) }),
  },
  'v1 Pod': {
    spec: record({ restartPolicy: fc.constantFrom('Always', 'OnFailure', 'Never') }),
    status: record({
      phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
      conditions: conditions(['Ready', 'Initialized']),
      containerStatuses: containers,
    }),
  },
  'v1 Service': {
    spec: record({ type: fc.constantFrom('ClusterIP', 'LoadBalancer', 'NodePort') }),
    status: record({ loadBalancer: address }),
  },
  'networking.k8s.io/v1 Ingress': { status: record({ loadBalancer: address }) },
  'v1 PersistentVolumeClaim': { status: record({ phase: fc.constantFrom('Bound', 'Pending', 'Lost', 'Other') }) },
  'autoscaling/v2 HorizontalPodAutoscaler': {
    status: record({
      conditions: conditions(
        ['AbleToScale', 'ScalingActive', 'ScalingLimited'],
        ['FailedGetScale', 'FailedUpdateScale', 'FailedGetResourceMetric', 'InvalidSelector', 'ReadyForNewScale', 'DesiredWithinRange'],
      ),
    }),
  },
  'policy/v1 PodDisruptionBudget': {
    status: record({ conditions: conditions(['DisruptionAllowed', 'Other'], ['InsufficientPods', 'SyncFailed', 'SufficientPods']) }),
  },
  'apiregistration.k8s.io/v1 APIService': { status: record({ conditions: conditions(['Available', 'Other']) }) },
  'apiextensions.k8s.io/v1 CustomResourceDefinition': {
    status: record({
      conditions: conditions(
        ['Established', 'NamesAccepted', 'NonStructuralSchema', 'Terminating'],
        ['Installing', 'InvalidCABundle', 'InitialNamesAccepted'],
      ),
    }),
  },
  'external-secrets.io/v1 ExternalSecret': { status: record({ conditions: conditions(['Ready', 'Deleted']) }) },
  'external-secrets.io/v1 SecretStore': { status: record({ conditions: conditions(['Ready']) }) },
  'cert-manager.io/v1 Certificate': { status: record({ conditions: conditions(['Ready', 'Issuing']) }) },
  'bitnami.com/v1alpha1 SealedSecret': { status: record({ observedGeneration: few, conditions: conditions(['Synced']) }) },
  'argoproj.io/v1alpha1 Application': { status: record({ health: words.map((status) => ({ status })) }) },
  'v1 ConfigMap': {},
  'rbac.authorization.k8s.io/v1 Role': {},
};

describe("our health is the sandbox's, which is Argo CD's", () => {
  it.each(Object.entries(shapes))('of any %s', (named, { spec = fc.constant({}), status = fc.constant({}) }) => {
    const [apiVersion = '', kind = ''] = named.split(' ');
    const metadata = fc.record(
      { name: fc.constant('web'), generation: few, deletionTimestamp: times },
      { requiredKeys: ['name', 'generation'] },
    );

    fc.assert(
      fc.property(metadata, spec, fc.option(status, { nil: undefined }), (...[named, wanted, seen]) => {
        const object: JsonObject = { apiVersion, kind, metadata: named, spec: wanted, ...(seen === undefined ? {} : { status: seen }) };
        expect(counted(object)).toBe(theirs(object));
      }),
      { numRuns: 400 },
    );
  });
});

/** Argo CD has nothing to say of an application that says nothing, and then it doesn't count. */
function counted(object: JsonObject): string {
  const { status, countsAs } = healthOf(object);
  return object['kind'] === 'Application' ? (countsAs ?? status) : status;
}
