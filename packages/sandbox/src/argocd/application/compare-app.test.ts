import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { compareApp, type Comparison } from './compare-app.ts';
import { trackingOf, withTracking } from './tracking.ts';

function config(name: string, data: JsonObject = {}, annotations: JsonObject = {}): KubeObject {
  return withTracking({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', annotations }, data }, 'web', 'shop');
}

function compare(declared: readonly KubeObject[] | undefined, tracked: readonly KubeObject[]): Comparison {
  return compareApp({}, { declared, tracked, liveOf: (target) => tracked.find((live) => nameOf(live) === nameOf(target)) });
}

describe('compareApp', () => {
  it('is in sync when every declared object is live as declared', () => {
    expect(compare([config('a', { k: 'v' })], [config('a', { k: 'v' })]).status).toBe('Synced');
    expect(compare([config('a', { k: 'v' })], [config('a', { k: 'w' })]).status).toBe('OutOfSync');
    expect(compare([config('a')], []).status).toBe('OutOfSync');
  });

  it('asks for what is no longer declared to be pruned, unless it is meant to be extra', () => {
    const row = { kind: 'ConfigMap', name: 'old', namespace: 'shop', version: 'v1', requiresPruning: true, status: 'OutOfSync' };
    const meant = config('old', {}, { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' });

    expect(compare([], [config('old')])).toMatchObject({ status: 'OutOfSync', resources: [row] });
    expect(compare([], [meant]).status).toBe('Synced');
  });

  it('lists a hook that stayed behind without a status', () => {
    const hook = config('pre', {}, { 'argocd.argoproj.io/hook': 'PreSync' });

    expect(compare([hook], [hook])).toMatchObject({
      status: 'Synced',
      pairs: [],
      resources: [{ name: 'pre', hook: true, requiresPruning: true }],
    });
  });

  it('knows nothing when the declared objects could not be loaded', () => {
    expect(compare(undefined, [config('a')])).toMatchObject({
      status: 'Unknown',
      resources: [{ status: 'Unknown', requiresPruning: true }],
    });
  });

  it('lists by group, kind and name', () => {
    expect(compare([config('b'), config('a')], []).resources.map((row) => row['name'])).toEqual(['a', 'b']);
  });
});

describe('trackingOf', () => {
  it('tells an object from a copy that took its annotation along', () => {
    const copy = { ...config('a'), metadata: { ...config('a').metadata, name: 'b' } };

    expect(trackingOf(config('a'))).toEqual({ application: 'web', self: true });
    expect(trackingOf(copy)).toEqual({ application: 'web', self: false });
  });

  it('tracks cluster-wide objects by the namespace of the application, and definitions not at all', () => {
    const wide = withTracking({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } }, 'web', 'shop');
    const definition = withTracking(
      { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'd' } },
      'web',
      'shop',
    );

    expect(trackingOf(wide)).toEqual({ application: 'web', self: true });
    expect(trackingOf(definition)).toBeUndefined();
  });
});
