import type { JsonObject } from '../document/json.ts';
import { describe, expect, it } from 'vitest';
import { otherImageFields } from './other-image-fields.ts';

const object = (apiVersion: string, kind: string, spec: JsonObject): JsonObject => ({ apiVersion, kind, metadata: { name: 'x' }, spec });

describe('otherImageFields', () => {
  it('names kinds of operators that keep images outside of containers, once each', () => {
    const objects = [
      object('postgresql.cnpg.io/v1', 'Cluster', { imageName: 'postgresql:18' }),
      object('postgresql.cnpg.io/v1', 'Cluster', { imageName: 'postgresql:18' }),
      object('monitoring.coreos.com/v1', 'Prometheus', { nested: [{ sidecarImage: 'x:1' }] }),
    ];

    expect(otherImageFields(objects)).toEqual(['Cluster.postgresql.cnpg.io', 'Prometheus.monitoring.coreos.com']);
  });

  it('names no kind whose images are all judged, and no built-in one', () => {
    const objects = [
      object('argoproj.io/v1alpha1', 'Rollout', { template: { spec: { containers: [{ name: 'a', image: 'x:1' }] } } }),
      object('apps/v1', 'Deployment', { image: 'x' }),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { image: 'x' }),
      object('example.com/v1', 'Pool', { image: '', images: ['x'] }),
    ];

    expect(otherImageFields(objects)).toEqual([]);
  });
});
