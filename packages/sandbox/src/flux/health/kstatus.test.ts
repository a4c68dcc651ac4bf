import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { kstatus } from './kstatus.ts';

function object(apiVersion: string, kind: string, fields: JsonObject = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', generation: 1 }, ...fields };
}

const available = { type: 'Available', status: 'True' };
const up = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1, conditions: [available] };
const deployment = (status: JsonObject): KubeObject => object('apps/v1', 'Deployment', { spec: { replicas: 1 }, status });
const conditions = (...types: readonly string[]): JsonObject => ({
  status: { conditions: types.map((type) => ({ type, status: 'True' })) },
});

describe('kstatus', () => {
  it.each([
    ['absent', undefined, 'NotFound'],
    ['being deleted', object('v1', 'ConfigMap', { metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z' } }), 'Terminating'],
    ['rolled out', deployment(up), 'Current'],
    ['not looked at yet', deployment({}), 'InProgress'],
    ['of an older generation', deployment({ ...up, observedGeneration: 0 }), 'InProgress'],
    ['with an old replica', deployment({ ...up, replicas: 2 }), 'InProgress'],
    ['beyond its deadline', deployment({ ...up, conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] }), 'Failed'],
    ['a failed job', object('batch/v1', 'Job', conditions('Failed')), 'Failed'],
    ['a running job', object('batch/v1', 'Job'), 'InProgress'],
    ['a complete job', object('batch/v1', 'Job', conditions('Complete')), 'Current'],
    ['an unbound claim', object('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }), 'InProgress'],
    ['a custom object that says nothing', object('example.test/v1', 'Route'), 'Current'],
    ['a custom object that is ready', object('example.test/v1', 'Route', conditions('Ready')), 'Current'],
    ['a custom object that reconciles', object('example.test/v1', 'Route', conditions('Reconciling', 'Ready')), 'InProgress'],
    ['a custom object that stalled', object('example.test/v1', 'Route', conditions('Stalled')), 'Failed'],
  ])('judges what is %s', (_, live, status) => {
    expect(kstatus(live)).toBe(status);
  });
});
