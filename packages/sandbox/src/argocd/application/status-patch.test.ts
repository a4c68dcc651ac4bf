import { describe, expect, it } from 'vitest';

import { type KubeObject } from '../../kube/kube-object.ts';
import { comparisonPatch } from './status-patch.ts';

const refresh = { 'argocd.argoproj.io/refresh': 'normal' };
const application: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web' },
  status: { sync: { status: 'Synced' }, conditions: [{}], operationState: { phase: 'Running' }, history: [{ id: 1 }] },
};

describe('comparisonPatch', () => {
  it('says only what changed, and never writes over the operation', () => {
    const status = { sync: { status: 'OutOfSync' }, operationState: { phase: 'Failed' }, history: [] };

    expect(comparisonPatch(application, status)).toEqual([
      { op: 'remove', path: '/status/conditions' },
      { op: 'add', path: '/status/sync', value: { status: 'OutOfSync' } },
    ]);
  });

  it('is empty when there is nothing to say', () => {
    expect(comparisonPatch(application, { sync: { status: 'Synced' }, conditions: [{}] })).toEqual([]);
  });

  it('writes the whole of a first status', () => {
    const { status, ...fresh } = { status: undefined, ...application };

    expect(status).toBeDefined();
    expect(
      comparisonPatch(
        { ...fresh, apiVersion: application.apiVersion, kind: application.kind, metadata: application.metadata },
        { sync: {} },
      ),
    ).toEqual([{ op: 'add', path: '/status', value: { sync: {} } }]);
  });

  it('takes a refresh request away only if it is still the one that was seen', () => {
    const asked = { ...application, metadata: { annotations: { ...refresh, 'argocd.argoproj.io/refresh-timestamp': 'T1' } } };

    expect(comparisonPatch(asked, { sync: { status: 'Synced' }, conditions: [{}] })).toEqual([
      { op: 'test', path: '/metadata/annotations/argocd.argoproj.io~1refresh-timestamp', value: 'T1' },
      { op: 'remove', path: '/metadata/annotations/argocd.argoproj.io~1refresh' },
      { op: 'remove', path: '/metadata/annotations/argocd.argoproj.io~1refresh-timestamp' },
    ]);
  });

  it('takes a request without a time away as it is', () => {
    const asked = { ...application, metadata: { annotations: refresh } };

    expect(comparisonPatch(asked, { sync: { status: 'Synced' }, conditions: [{}] })).toEqual([
      { op: 'remove', path: '/metadata/annotations/argocd.argoproj.io~1refresh' },
    ]);
  });
});
