import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { countsForHealth, healthOf } from './health-of.ts';

interface Parts {
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly metadata?: JsonObject;
}

function object(apiVersion: string, kind: string, { metadata, ...parts }: Parts = {}): JsonObject {
  return { apiVersion, kind, metadata: { name: 'web', generation: 2, ...metadata }, ...parts };
}

function condition(type: string, status: string, reason = 'Because'): Json {
  return { type, status, reason, message: `${type} is ${status}` };
}

const statusOf = (...told: Parameters<typeof object>): string => healthOf(object(...told)).status;

describe('a Deployment', () => {
  const good = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
  const late = [condition('Progressing', 'False', 'ProgressDeadlineExceeded')];

  it.each<[string, string, Parts]>([
    ['whose new replicas are all available', 'Healthy', { spec: { replicas: 3 }, status: good }],
    ['that wants none', 'Healthy', { spec: { replicas: 0 }, status: { observedGeneration: 2 } }],
    ['without a status', 'Progressing', { spec: { replicas: 3 } }],
    ['whose controller is a generation behind', 'Progressing', { spec: { replicas: 3 }, status: { ...good, observedGeneration: 1 } }],
    ['with too few new replicas', 'Progressing', { spec: { replicas: 3 }, status: { ...good, updatedReplicas: 2, replicas: 2 } }],
    ['with old replicas left', 'Progressing', { spec: { replicas: 3 }, status: { ...good, replicas: 4 } }],
    ['with too few available', 'Progressing', { spec: { replicas: 3 }, status: { ...good, availableReplicas: 2 } }],
    ['that ran out of time', 'Degraded', { spec: { replicas: 3 }, status: { ...good, availableReplicas: 2, conditions: late } }],
    [
      'that ran out of time in an older generation',
      'Progressing',
      { spec: {}, status: { ...good, observedGeneration: 1, conditions: late } },
    ],
    ['that somebody paused', 'Suspended', { spec: { replicas: 3, paused: true }, status: good }],
    [
      'that is being deleted',
      'Progressing',
      { metadata: { deletionTimestamp: '2026-11-23T15:30:00Z' }, spec: { replicas: 3 }, status: good },
    ],
  ])('%s is %s', (_what, expected, parts) => {
    expect(statusOf('apps/v1', 'Deployment', parts)).toBe(expected);
  });

  it('says how far it is', () => {
    const status = { ...good, availableReplicas: 1 };

    expect(healthOf(object('apps/v1', 'Deployment', { spec: { replicas: 3 }, status })).message).toBe('1 of 3 replicas are available');
  });
});

describe('other workloads', () => {
  const rolling = { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };
  const plain = { replicas: 3, updateStrategy: { type: 'RollingUpdate' } };
  const set = { observedGeneration: 2, readyReplicas: 3, updatedReplicas: 2, currentRevision: 'a', updateRevision: 'b' };
  const daemons = { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 };

  it.each<[string, string, string, Parts]>([
    ['StatefulSet', 'with its part rolled out', 'Healthy', { spec: rolling, status: set }],
    ['StatefulSet', 'with its part on the way', 'Progressing', { spec: rolling, status: { ...set, updatedReplicas: 1 } }],
    ['StatefulSet', 'with too few ready', 'Progressing', { spec: rolling, status: { ...set, readyReplicas: 2 } }],
    ['StatefulSet', 'that nobody has seen', 'Progressing', { spec: rolling, status: { ...set, observedGeneration: 0 } }],
    ['StatefulSet', 'between two revisions', 'Progressing', { spec: plain, status: set }],
    ['StatefulSet', 'at its revision', 'Healthy', { spec: plain, status: { ...set, currentRevision: 'b' } }],
    ['StatefulSet', 'that waits for deletions', 'Healthy', { spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } }, status: set }],
    ['DaemonSet', 'on every node', 'Healthy', { spec: {}, status: daemons }],
    ['DaemonSet', 'not updated everywhere', 'Progressing', { spec: {}, status: { ...daemons, updatedNumberScheduled: 1 } }],
    ['DaemonSet', 'not available everywhere', 'Progressing', { spec: {}, status: { ...daemons, numberAvailable: 1 } }],
    [
      'ReplicaSet',
      'that can not make pods',
      'Degraded',
      { spec: { replicas: 1 }, status: { observedGeneration: 2, conditions: [condition('ReplicaFailure', 'True')] } },
    ],
    ['ReplicaSet', 'with too few', 'Progressing', { spec: { replicas: 1 }, status: { observedGeneration: 2 } }],
    ['ReplicaSet', 'with all', 'Healthy', { spec: { replicas: 1 }, status: { observedGeneration: 2, availableReplicas: 1 } }],
  ])('%s %s is %s', (...[kind, , expected, parts]) => {
    expect(statusOf('apps/v1', kind, parts)).toBe(expected);
  });
});

describe('jobs', () => {
  it.each<[string, string, readonly Json[]]>([
    ['that runs', 'Progressing', []],
    ['that ended', 'Healthy', [condition('Complete', 'True')]],
    ['that failed', 'Degraded', [condition('Failed', 'True')]],
    ['that somebody holds', 'Suspended', [condition('Suspended', 'True')]],
    ['that was held and failed', 'Degraded', [condition('Suspended', 'False'), condition('Failed', 'True')]],
  ])('a Job %s is %s', (_what, expected, conditions) => {
    expect(statusOf('batch/v1', 'Job', { status: { conditions } })).toBe(expected);
  });

  it('of which one is held do not hold the rest', () => {
    expect(healthOf(object('batch/v1', 'Job', { status: { conditions: [condition('Suspended', 'True')] } })).countsAs).toBe('Healthy');
  });

  const [before, after] = ['2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z'];
  it.each<[string, string, Parts]>([
    ['without a status', 'Progressing', {}],
    ['that has not run', 'Healthy', { status: {} }],
    ['that never succeeded', 'Healthy', { status: { lastScheduleTime: after } }],
    ['whose last run succeeded', 'Healthy', { status: { lastScheduleTime: before, lastSuccessfulTime: after } }],
    ['whose last run failed', 'Degraded', { status: { lastScheduleTime: after, lastSuccessfulTime: before } }],
    ['that runs now', 'Healthy', { status: { lastScheduleTime: after, lastSuccessfulTime: before, active: [{}] } }],
    ['that is suspended', 'Healthy', { spec: { suspend: true } }],
  ])('a CronJob %s is %s', (_what, expected, parts) => {
    expect(statusOf('batch/v1', 'CronJob', parts)).toBe(expected);
  });
});

describe('a Pod', () => {
  const waiting = { containerStatuses: [{ name: 'web', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }] };
  const restarted = { containerStatuses: [{ name: 'web', lastState: { terminated: { exitCode: 1 } } }] };
  const ended = { initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 2 } } }] };

  it.each<[string, string, Parts]>([
    ['that is ready', 'Healthy', { status: { phase: 'Running', conditions: [condition('Ready', 'True')] } }],
    ['that starts', 'Progressing', { status: { phase: 'Running' } }],
    ['that was started again', 'Degraded', { status: { phase: 'Running', ...restarted } }],
    ['that can not start', 'Degraded', { status: { phase: 'Pending', ...waiting } }],
    [
      'that can not start and would not be started again',
      'Progressing',
      { spec: { restartPolicy: 'Never' }, status: { phase: 'Pending', ...waiting } },
    ],
    [
      'that runs to an end',
      'Progressing',
      { spec: { restartPolicy: 'OnFailure' }, status: { phase: 'Running', conditions: [condition('Ready', 'True')] } },
    ],
    ['that ended', 'Healthy', { status: { phase: 'Succeeded' } }],
    ['that failed', 'Degraded', { status: { phase: 'Failed', ...ended } }],
    ['whose node is lost', 'Unknown', { status: { phase: 'Unknown' } }],
    ['without a status', 'Unknown', {}],
  ])('%s is %s', (_what, expected, parts) => {
    expect(statusOf('v1', 'Pod', parts)).toBe(expected);
  });

  it('says what it ended with', () => {
    expect(healthOf(object('v1', 'Pod', { status: { phase: 'Failed', ...ended } })).message).toBe('container init ended with exit code 2');
    expect(healthOf(object('v1', 'Pod', { status: { phase: 'Pending', ...waiting } })).message).toBe('no such image');
  });
});

describe('what has an address, a volume or a budget', () => {
  const address = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } };
  const active = condition('ScalingActive', 'True', 'ValidMetricFound');

  it.each<[string, string, string, Parts]>([
    ['v1', 'Service', 'Healthy', { spec: { type: 'ClusterIP' } }],
    ['v1', 'Service', 'Progressing', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } }],
    ['v1', 'Service', 'Healthy', { spec: { type: 'LoadBalancer' }, status: address }],
    ['networking.k8s.io/v1', 'Ingress', 'Progressing', {}],
    ['networking.k8s.io/v1', 'Ingress', 'Healthy', { status: address }],
    ['v1', 'PersistentVolumeClaim', 'Healthy', { status: { phase: 'Bound' } }],
    ['v1', 'PersistentVolumeClaim', 'Progressing', { status: { phase: 'Pending' } }],
    ['v1', 'PersistentVolumeClaim', 'Degraded', { status: { phase: 'Lost' } }],
    ['v1', 'PersistentVolumeClaim', 'Unknown', {}],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'Healthy', { status: { conditions: [condition('AbleToScale', 'True'), active] } }],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'Degraded',
      { status: { conditions: [condition('ScalingActive', 'False', 'FailedGetResourceMetric')] } },
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'Degraded',
      { status: { conditions: [condition('AbleToScale', 'False', 'FailedGetScale')] } },
    ],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'Progressing', { status: { conditions: [active] } }],
    [
      'policy/v1',
      'PodDisruptionBudget',
      'Healthy',
      { status: { conditions: [condition('DisruptionAllowed', 'False', 'InsufficientPods')] } },
    ],
    ['policy/v1', 'PodDisruptionBudget', 'Degraded', { status: { conditions: [condition('DisruptionAllowed', 'False', 'SyncFailed')] } }],
    ['policy/v1', 'PodDisruptionBudget', 'Progressing', {}],
    ['apiregistration.k8s.io/v1', 'APIService', 'Healthy', { status: { conditions: [condition('Available', 'True')] } }],
    ['apiregistration.k8s.io/v1', 'APIService', 'Progressing', { status: { conditions: [condition('Available', 'False')] } }],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Healthy', { status: { conditions: [condition('Established', 'True')] } }],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Progressing', {}],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Degraded', { status: { conditions: [condition('NamesAccepted', 'False')] } }],
  ])('%s %s is %s', (...[apiVersion, kind, expected, parts]) => {
    expect(statusOf(apiVersion, kind, parts)).toBe(expected);
  });

  it('of a definition the first fault decides', () => {
    const conditions = [condition('Established', 'True'), condition('NonStructuralSchema', 'True'), condition('Terminating', 'True')];

    expect(statusOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: { conditions } })).toBe('Degraded');
  });
});

describe('kinds of controllers', () => {
  const stale = { observedGeneration: 1, conditions: [condition('Ready', 'True')] };
  const ready = (status: string): Parts => ({ status: { conditions: [condition('Ready', status)] } });
  const issuing = { status: { conditions: [condition('Issuing', 'True'), condition('Ready', 'True')] } };
  const synced = { observedGeneration: 2, conditions: [condition('Synced', 'True')] };
  const retrying = [condition('Reconciling', 'True', 'ProgressingWithRetry'), condition('Ready', 'False')];
  const reconciling = [condition('Reconciling', 'True'), condition('Ready', 'Unknown')];

  it.each<[string, string, string, Parts]>([
    ['external-secrets.io/v1', 'ExternalSecret', 'Healthy', ready('True')],
    ['external-secrets.io/v1', 'ExternalSecret', 'Degraded', ready('False')],
    ['external-secrets.io/v1', 'ExternalSecret', 'Progressing', {}],
    ['cert-manager.io/v1', 'Certificate', 'Progressing', issuing],
    ['bitnami.com/v1alpha1', 'SealedSecret', 'Healthy', { status: synced }],
    ['bitnami.com/v1alpha1', 'SealedSecret', 'Progressing', { status: { ...synced, observedGeneration: 1 } }],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Healthy', ready('True')],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Progressing', { status: stale }],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Progressing', { status: { conditions: reconciling } }],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Degraded', { status: { conditions: retrying } }],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Suspended', { spec: { suspend: true }, ...ready('True') }],
    ['source.toolkit.fluxcd.io/v1', 'GitRepository', 'Degraded', ready('True')],
    [
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'Healthy',
      { status: { conditions: [condition('Ready', 'True'), condition('Released', 'True')] } },
    ],
    ['argoproj.io/v1alpha1', 'Workflow', 'Progressing', {}],
    ['argoproj.io/v1alpha1', 'Workflow', 'Degraded', { status: { phase: 'Error' } }],
    ['argoproj.io/v1alpha1', 'Rollout', 'Suspended', { status: { observedGeneration: '2', phase: 'Paused' } }],
    ['argoproj.io/v1alpha1', 'Rollout', 'Healthy', { status: { observedGeneration: '2', phase: 'Healthy' } }],
    ['argoproj.io/v1alpha1', 'Rollout', 'Progressing', { status: { observedGeneration: '1', phase: 'Healthy' } }],
    ['argoproj.io/v1alpha1', 'Application', 'Degraded', { status: { health: { status: 'Degraded' } } }],
  ])('%s %s is %s', (...[apiVersion, kind, expected, parts]) => {
    expect(statusOf(apiVersion, kind, parts)).toBe(expected);
  });

  it.each<[string, Parts]>([
    ['Healthy', {}],
    ['Healthy', ready('True')],
    ['Degraded', ready('False')],
    ['Progressing', ready('Unknown')],
    ['Progressing', { status: stale }],
    ['Progressing', { status: { conditions: retrying } }],
    ['Degraded', { status: { conditions: [condition('Stalled', 'True'), condition('Ready', 'True')] } }],
    ['Degraded', { status: { conditions: [condition('Ready', 'True'), condition('Synced', 'False')] } }],
  ])('of which nothing is known are %s by the usual conditions', (expected, parts) => {
    expect(statusOf('example.com/v1', 'Widget', parts)).toBe(expected);
  });

  it('of Kubernetes itself have no conditions that could mean this', () => {
    expect(statusOf('v1', 'Node', { status: { conditions: [condition('Ready', 'False')] } })).toBe('Healthy');
    expect(statusOf('gateway.networking.k8s.io/v1', 'Gateway', ready('False'))).toBe('Degraded');
  });
});

it('is left out for an object that asks for it', () => {
  const annotations = { 'argocd.argoproj.io/ignore-healthcheck': 'true' };

  expect(countsForHealth(object('v1', 'Pod', { metadata: { annotations } }))).toBe(false);
  expect(countsForHealth(object('v1', 'Pod'))).toBe(true);
});
