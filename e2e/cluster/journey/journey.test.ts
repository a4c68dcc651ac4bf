import type { JsonObject } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { journeyWorld, type JourneyWorld } from './journey-world.ts';
import { controllers } from './stage.ts';

const deployment = 'apis/apps/v1/deployments/web';
const containers = '/spec/template/spec/containers';

function onContainer(container: JsonObject): JsonObject {
  return { spec: { template: { spec: { containers: [container] } } } };
}

/** What somebody does to the delivered service, and how that must be called. They accumulate. */
const edits: readonly { readonly what: string; readonly path: string; readonly body: JsonObject; readonly found: string }[] = [
  {
    what: 'an environment variable',
    path: deployment,
    body: onContainer({ name: 'web', env: [{ name: 'DEBUG', value: '1' }] }),
    found: `Deployment/web added-field ${containers}/[name=web]/env/[name=DEBUG]`,
  },
  {
    what: 'another value of one',
    path: deployment,
    body: onContainer({ name: 'web', env: [{ name: 'MODE', value: 'x' }] }),
    found: `Deployment/web changed ${containers}/[name=web]/env/[name=MODE]/value`,
  },
  {
    what: 'a sidecar',
    path: deployment,
    body: onContainer({ name: 'spy', image: 'registry.k8s.io/pause:3.9' }),
    found: `Deployment/web added-field ${containers}/[name=spy]`,
  },
  {
    what: 'another image',
    path: deployment,
    body: onContainer({ name: 'web', image: 'registry.k8s.io/pause:3.9' }),
    found: `Deployment/web changed ${containers}/[name=web]/image`,
  },
  {
    what: 'another number of replicas',
    path: deployment,
    body: { spec: { replicas: 2 } },
    found: 'Deployment/web changed /spec/replicas',
  },
  {
    what: 'a label',
    path: deployment,
    body: { metadata: { labels: { owner: 'me' } } },
    found: 'Deployment/web added-field /metadata/labels/owner',
  },
  {
    what: 'a port',
    path: 'api/v1/services/web',
    body: { spec: { ports: [{ name: 'more', port: 81 }] } },
    found: 'Service/web added-field /spec/ports/[port=81,protocol=TCP]',
  },
  {
    what: 'a key',
    path: 'api/v1/configmaps/settings',
    body: { data: { MORE: 'x' } },
    found: 'ConfigMap/settings added-field /data/MORE',
  },
];

describe.each(controllers)('a service that %s delivers', (controller) => {
  let world: JourneyWorld;
  beforeAll(async () => {
    world = await journeyWorld(controller);
    await world.delivered();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const inNamespace = (path: string): string => {
    const parts = path.split('/');
    return `/${[...parts.slice(0, -2), 'namespaces', world.stage.namespace, ...parts.slice(-2)].join('/')}`;
  };
  const driftNow = async (): Promise<readonly (readonly [string, string | undefined])[]> =>
    (await world.drift()).map(({ object, class: how, path, by }) => [`${object.kind}/${object.name} ${how} ${path}`.trimEnd(), by.manager]);

  it('is delivered, and then nothing differs', async () => {
    await vi.waitFor(async () => {
      expect(await driftNow()).toEqual([]);
    });
  });

  it.each(edits)('shows $what that somebody puts there, and by which manager', async ({ path, body, found }) => {
    const before = await driftNow();
    const query = { fieldManager: 'kubectl-edit' };
    await world.client.send({ verb: 'PATCH', path: inNamespace(path), query, body, contentType: 'application/strategic-merge-patch+json' });

    const after = await driftNow();

    const isKnown = ([what]: (typeof after)[number]): boolean => before.some(([known]) => known === what);
    expect(after.filter((one) => !isKnown(one))).toEqual([[found, 'kubectl-edit']]);
    expect(after.filter(isKnown)).toHaveLength(before.length);
  });

  it('shows an object that is gone, and one that nobody declared', async () => {
    const configMaps = `/api/v1/namespaces/${world.stage.namespace}/configmaps`;
    await world.client.send({ verb: 'DELETE', path: inNamespace('api/v1/services/web') });
    await world.client.send({
      verb: 'POST',
      path: configMaps,
      query: { fieldManager: 'kubectl-create' },
      body: { metadata: { name: 'foreign' } },
    });

    const found = (await driftNow()).map(([what]) => what);

    expect(found).toEqual(expect.arrayContaining(['Service/web missing', 'ConfigMap/foreign extra']));
  });
});
