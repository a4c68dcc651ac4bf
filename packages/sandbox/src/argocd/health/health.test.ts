import { describe, expect, it } from 'vitest';

import { type Json, type JsonObject } from '../../json/json.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { appHealth } from './app-health.ts';
import { resourceHealth } from './resource-health.ts';

function object(apiVersion: string, kind: string, rest: JsonObject = {}): KubeObject {
  const made: Json = { apiVersion, kind, metadata: { name: 'web', generation: 2 }, ...rest };
  if (!isKubeObject(made)) throw new Error('not an object');
  return made;
}

const settled = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

function deployment(status: JsonObject, spec: JsonObject = {}): KubeObject {
  return object('apps/v1', 'Deployment', { spec: { replicas: 2, ...spec }, status: { ...settled, ...status } });
}

function job(type: string): KubeObject {
  return object('batch/v1', 'Job', { status: { conditions: [{ type, status: 'True', message: `it is ${type}` }] } });
}

describe('resourceHealth', () => {
  it.each<[string, KubeObject, string]>([
    ['settled', deployment({}), 'Healthy'],
    ['paused', deployment({}, { paused: true }), 'Suspended'],
    ['not yet observed', deployment({ observedGeneration: 1 }), 'Progressing'],
    ['with old replicas left', deployment({ replicas: 3 }), 'Progressing'],
    ['with replicas not yet updated', deployment({ updatedReplicas: 1, replicas: 1 }), 'Progressing'],
    ['with replicas not available', deployment({ availableReplicas: 1 }), 'Progressing'],
    [
      'beyond its deadline',
      deployment({ conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] }),
      'Degraded',
    ],
  ])('calls a Deployment %s %#', (_, live, status) => {
    expect(resourceHealth(live)?.status).toBe(status);
  });

  it.each<[string, KubeObject, string]>([
    [
      'StatefulSet',
      object('apps/v1', 'StatefulSet', {
        spec: { replicas: 2 },
        status: { observedGeneration: 2, readyReplicas: 2, updateRevision: 'a', currentRevision: 'a' },
      }),
      'Healthy',
    ],
    [
      'StatefulSet',
      object('apps/v1', 'StatefulSet', {
        spec: { replicas: 2 },
        status: { observedGeneration: 2, readyReplicas: 2, updateRevision: 'b', currentRevision: 'a' },
      }),
      'Progressing',
    ],
    [
      'DaemonSet',
      object('apps/v1', 'DaemonSet', {
        status: { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 },
      }),
      'Progressing',
    ],
    [
      'ReplicaSet',
      object('apps/v1', 'ReplicaSet', { status: { observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True' }] } }),
      'Degraded',
    ],
    ['Job', job('Complete'), 'Healthy'],
    ['Job', job('Failed'), 'Degraded'],
    ['Job', job('Suspended'), 'Suspended'],
    ['Job', object('batch/v1', 'Job'), 'Progressing'],
    ['CronJob', object('batch/v1', 'CronJob', { spec: { suspend: true } }), 'Healthy'],
    ['Service', object('v1', 'Service', { spec: { type: 'ClusterIP' } }), 'Healthy'],
    ['Service', object('v1', 'Service', { spec: { type: 'LoadBalancer' } }), 'Progressing'],
    ['Ingress', object('networking.k8s.io/v1', 'Ingress', { status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } } }), 'Healthy'],
    ['Claim', object('v1', 'PersistentVolumeClaim', { status: { phase: 'Lost' } }), 'Degraded'],
    [
      'Autoscaler',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', { status: { conditions: [{ type: 'AbleToScale', status: 'True' }] } }),
      'Healthy',
    ],
    [
      'Autoscaler',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', {
        status: { conditions: [{ type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }] },
      }),
      'Degraded',
    ],
    [
      'ExternalSecret',
      object('external-secrets.io/v1', 'ExternalSecret', { status: { conditions: [{ type: 'Ready', status: 'False' }] } }),
      'Degraded',
    ],
    ['ExternalSecret', object('external-secrets.io/v1', 'ExternalSecret'), 'Progressing'],
    [
      'Definition',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: { conditions: [{ type: 'Established', status: 'True' }] } }),
      'Healthy',
    ],
    [
      'Pod',
      object('v1', 'Pod', { status: { phase: 'Running', containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }] } }),
      'Degraded',
    ],
    ['Pod', object('v1', 'Pod', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }), 'Healthy'],
    ['Pod', object('v1', 'Pod', { spec: { restartPolicy: 'Never' }, status: { phase: 'Running' } }), 'Progressing'],
  ])('judges a %s by its status %#', (_, live, status) => {
    expect(resourceHealth(live)?.status).toBe(status);
  });

  it('has no opinion on kinds without a check', () => {
    expect(resourceHealth(object('v1', 'ConfigMap'))).toBeUndefined();
    expect(
      resourceHealth(object('example.test/v1', 'Route', { status: { conditions: [{ type: 'Ready', status: 'False' }] } })),
    ).toBeUndefined();
  });

  it('calls what is being deleted in progress', () => {
    expect(resourceHealth(object('v1', 'ConfigMap', { metadata: { name: 'c', deletionTimestamp: '2026-11-23T15:00:00Z' } }))?.status).toBe(
      'Progressing',
    );
  });
});

describe('appHealth', () => {
  const service = object('v1', 'Service');

  it('is the worst of what is live', () => {
    expect(appHealth([{ live: deployment({}) }, { live: deployment({}, { paused: true }) }])).toBe('Suspended');
    expect(appHealth([{ live: deployment({}, { paused: true }) }, { live: job('Failed') }])).toBe('Degraded');
  });

  it('is missing only when everything is', () => {
    expect(appHealth([{ target: service }, { target: deployment({}) }])).toBe('Missing');
    expect(appHealth([{ target: service }, { live: deployment({}) }])).toBe('Healthy');
  });

  it('is healthy when there is nothing', () => {
    expect(appHealth([])).toBe('Healthy');
  });

  it('leaves out what asks for it', () => {
    const target = object('batch/v1', 'Job', { metadata: { name: 'j', annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } } });

    expect(appHealth([{ target, live: job('Failed') }, { live: service }])).toBe('Healthy');
  });
});
