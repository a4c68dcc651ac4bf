import { builtInPolicy, digestOf, EnvironmentId, objectKey, objectRefOf, type JsonObject, type LiveContainer } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { DesiredObjects } from './desired-objects.ts';
import { rulesFor } from './drift-settings.ts';
import { rolloutImages, type Rollout } from './rollout-images.ts';

const digest = (n: number): string => `sha256:${String(n).repeat(64)}`;
const at = '2026-01-01T12:00:00.000Z';
const kinds = { schemas: { definitions: {}, kinds: {} }, clusterScoped: new Set<string>(), served: new Set<string>() };

function desiredWith(n: number): DesiredObjects {
  const containers = [{ name: 'web', image: `registry.example.com/web@${digest(n)}` }];
  const object: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { spec: { containers } } },
  };
  const ref = objectRefOf(object);
  return { commit: 'working-tree', digest: digestOf(object), objects: new Map([[objectKey(ref), { ref, object }]]) };
}

function running(n: number, runs = n): LiveContainer {
  const owner = { kind: 'ReplicaSet', name: `web-${String(n)}` };
  const image = `registry.example.com/web@${digest(n)}`;
  return { namespace: 'shop', pod: `web-${String(n)}-a`, container: 'web', kind: 'main', image, digest: digest(runs), ready: true, owner };
}

function found(rollout: Rollout, ...containers: readonly LiveContainer[]): readonly unknown[] {
  const environment = EnvironmentId.parse('shop/staging');
  const question = { environment, target: 'eu/argocd/shop', controller: 'argocd', kinds, ownedNamespaces: ['shop'] } as const;
  const rules = rulesFor({ ...question, policy: builtInPolicy, hashSecret: () => '#' }, rollout.desired);
  return rolloutImages(rules, rollout, { containers, at }).map(({ live }) => live);
}

const now = { desired: desiredWith(2), images: {} };

describe('what runs during a rollout', () => {
  it('is of the state that is delivered', () => {
    expect(found(now, running(2))).toEqual([]);
    expect(found(now, running(2), running(1))).toEqual([digest(1)]);
  });

  it('may be of the one before, while its pods may go', () => {
    const leaving = [{ desired: desiredWith(1), images: {} }];

    expect(found({ ...now, leaving }, running(2), running(1))).toEqual([]);
    expect(found({ ...now, leaving }, running(2), running(3))).toEqual([digest(3)]);
  });

  it('is known by the digests of the release that it is of', () => {
    const images = { [digest(1)]: [digest(7)] };

    expect(found({ ...now, leaving: [{ desired: desiredWith(1), images }] }, running(1, 7))).toEqual([]);
    expect(found({ ...now, leaving: [{ desired: desiredWith(1), images: {} }] }, running(1, 7))).toEqual([digest(7)]);
  });

  it('is not excused by a state that knows nothing of it', () => {
    const nothing = { commit: 'working-tree', digest: digestOf('nothing'), objects: new Map() } as const;

    expect(found({ ...now, leaving: [{ desired: nothing, images: {} }], arriving: nothing }, running(3))).toEqual([digest(3)]);
  });

  it('may be of the one that arrives', () => {
    expect(found({ ...now, arriving: desiredWith(3) }, running(2), running(3))).toEqual([]);
  });
});
