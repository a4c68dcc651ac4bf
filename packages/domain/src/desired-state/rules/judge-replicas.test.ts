import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../document/json.ts';
import { judgeReplicas } from './judge-replicas.ts';

const component = { name: 'api', repository: 'r.example.com/api', bounds: { min: 3, max: 6 } };

function workload(name: string, replicas?: number, image = 'r.example.com/api:1'): JsonObject {
  const template = { spec: { containers: [{ name: 'main', image }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'pc' },
    spec: { ...(replicas === undefined ? {} : { replicas }), template },
  };
}

function scaler(kind: string, spec: JsonObject): JsonObject {
  return { apiVersion: 'x/v1', kind, metadata: { name: 'scaler', namespace: 'pc' }, spec: { scaleTargetRef: { name: 'api' }, ...spec } };
}

const judged = (...objects: readonly JsonObject[]): readonly string[] =>
  judgeReplicas(objects, [component]).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('judgeReplicas', () => {
  it.each([[3], [6]])('takes %i', (count) => {
    expect(judged(workload('api', count))).toEqual([]);
  });

  it.each([
    [2, 'spec.replicas: Deployment pc/api has 2 replicas; the profile takes at least 3 for api'],
    [7, 'spec.replicas: Deployment pc/api has 7 replicas; the profile takes at most 6 for api'],
    [undefined, 'spec.replicas: Deployment pc/api does not say its replicas, which makes 1; the profile takes at least 3 for api'],
  ])('refuses %s', (count, message) => {
    expect(judged(workload('api', count))).toEqual([message]);
  });

  it('judges what an autoscaler may do in place of what is written', () => {
    expect(judged(workload('api', 1), scaler('HorizontalPodAutoscaler', { minReplicas: 3, maxReplicas: 6 }))).toEqual([]);
    expect(judged(workload('api', 3), scaler('HorizontalPodAutoscaler', { maxReplicas: 12 }))).toEqual([
      'spec.minReplicas: HorizontalPodAutoscaler pc/scaler scales down to 1 replica; the profile takes at least 3 for api',
      'spec.maxReplicas: HorizontalPodAutoscaler pc/scaler scales up to 12 replicas; the profile takes at most 6 for api',
    ]);
    expect(judged(workload('api', 3), scaler('ScaledObject', { maxReplicaCount: 6 }))).toHaveLength(1);
  });

  it('knows a component by its image, and among several by its name', () => {
    expect(judged(workload('other', 1, 'r.example.com/web:1'))).toEqual([]);
    expect(judged(workload('worker', 1))).toHaveLength(1);
    expect(judged(workload('worker', 1), workload('prod-api', 3))).toEqual([]);
  });
});
