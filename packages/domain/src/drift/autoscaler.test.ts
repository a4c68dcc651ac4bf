import { describe, expect, it } from 'vitest';
import { autoscalersOf, isScaledBy } from './autoscaler.ts';

const [scaler] = autoscalersOf([
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 5 },
  },
]);
const writer = (manager: string, subresource: string) => ({ manager, operation: 'Update', subresource, whole: false });

describe('replicas that an autoscaler has to itself', () => {
  it.each([
    ['its own', writer('kube-controller-manager', 'scale'), 3, true],
    ['nobody’s by name, as those that were a default and then scaled', undefined, 3, true],
    ['nobody’s by name, past its bounds', undefined, 6, false],
    ['its own, past its bounds', writer('kube-controller-manager', 'scale'), 1, false],
    ['a person’s, within its bounds', writer('kubectl', 'scale'), 3, false],
  ])('are %s', (...[, owner, replicas, expected]) => {
    expect(isScaledBy(scaler, replicas, owner)).toBe(expected);
  });

  it('are nobody’s where no autoscaler is declared', () => {
    expect(isScaledBy(undefined, 3, undefined)).toBe(false);
  });
});
