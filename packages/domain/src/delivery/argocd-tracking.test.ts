import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { isTrackedBy, type Tracking } from './argocd-tracking.ts';

const web = { namespace: 'argocd', name: 'web', controllerNamespace: 'argocd' };
const byAnnotation: Tracking = { method: 'annotation' };

function deployment(id: string, change: JsonObject = {}): JsonObject {
  const annotations = { 'argocd.argoproj.io/tracking-id': id };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'shop', name: 'api', annotations, ...change } };
}

describe('by annotation, an object', () => {
  it.each<[string, JsonObject, boolean]>([
    ['that carries the application and itself', deployment('web:apps/Deployment:shop/api'), true],
    ['of another application', deployment('api:apps/Deployment:shop/api'), false],
    ['that is a copy', deployment('web:apps/Deployment:shop/original'), false],
    ['that was copied to another namespace', deployment('web:apps/Deployment:other/api'), false],
    ['of another kind', deployment('web:apps/StatefulSet:shop/api'), false],
    ['without an annotation', deployment('', { annotations: {} }), false],
    ['with a label alone', deployment('', { annotations: {}, labels: { 'app.kubernetes.io/instance': 'web' } }), false],
  ])('%s', (_what, object, tracked) => {
    expect(isTrackedBy(object, web, byAnnotation)).toBe(tracked);
    expect(isTrackedBy(object, web, { method: 'annotation+label' })).toBe(tracked);
  });

  it('of an application elsewhere carries its namespace', () => {
    const elsewhere = { ...web, namespace: 'team' };

    expect(isTrackedBy(deployment('team_web:apps/Deployment:shop/api'), elsewhere, byAnnotation)).toBe(true);
    expect(isTrackedBy(deployment('web:apps/Deployment:shop/api'), elsewhere, byAnnotation)).toBe(false);
  });

  it('without a namespace carries that of the destination', () => {
    const annotations = { 'argocd.argoproj.io/tracking-id': 'web:rbac.authorization.k8s.io/ClusterRole:shop/system:web' };
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:web', annotations } };

    expect(isTrackedBy(role, web, byAnnotation)).toBe(true);
  });

  it('is told by the installation where several share a cluster', () => {
    const annotations = { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/api', 'argocd.argoproj.io/installation-id': 'eu' };
    const object = deployment('', { annotations });

    expect(isTrackedBy(object, web, { ...byAnnotation, installationId: 'eu' })).toBe(true);
    expect(isTrackedBy(object, web, { ...byAnnotation, installationId: 'us' })).toBe(false);
    expect(isTrackedBy(object, web, byAnnotation)).toBe(false);
  });
});

it('by label, an object is told by that alone', () => {
  const object = deployment('api:apps/Deployment:shop/api', { labels: { 'app.kubernetes.io/instance': 'web', team: 'web' } });

  expect(isTrackedBy(object, web, { method: 'label' })).toBe(true);
  expect(isTrackedBy(object, web, { method: 'label', labelKey: 'team' })).toBe(true);
  expect(isTrackedBy(object, { ...web, name: 'api' }, { method: 'label' })).toBe(false);
});
