import { ApiextensionsV1Api, CustomObjectsApi, KubeConfig, loadYaml, type V1CustomResourceDefinition } from '@kubernetes/client-node';
import { assessDelivery, CommitSha, OperationId, UpstreamError, type ObservedFlux, type SyncRequest } from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';
import { startFlux, startGitServer } from '@fairlead/sandbox';
import { clusterUnderTest } from '@fairlead/sandbox/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fluxDelivery } from './flux-delivery.ts';
import { gitRepositories, helmReleases, imageAutomations, kustomizations } from './flux-kind.ts';
import { fluxWorld, target, type FluxWorld } from './testing/flux-world.ts';

const groups = ['kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'];
const reader = { verbs: ['get', 'list', 'watch'], groups, resources: ['kustomizations', 'gitrepositories'] };

let world: FluxWorld;
beforeEach(async () => {
  world = await fluxWorld({ clusterUnderTest, startFlux, startGitServer });
});
afterEach(() => world[Symbol.asyncDispose]());

function configOf(text: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(text);
  return config;
}

/** Of somebody who may look at Kustomizations and sources, and nothing else. */
async function readerConfig(): Promise<KubeConfig> {
  await world.cluster.grant(reader);
  return configOf(world.cluster.limitedKubeconfig());
}

function delivery(config: KubeConfig = world.config): Delivery {
  return fluxDelivery({ clusters: { kubeConfig: () => config }, reconnect: { minMs: 1, maxMs: 5 } });
}

const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
const request: SyncRequest = { operation, revision: CommitSha.parse('a'.repeat(40)), prune: false, mayPrune: [], actor: 'alice', info: {} };

/** Its controllers are an extra of Flux's. */
async function defineImageAutomations(): Promise<void> {
  const { group, version, kind, plural } = imageAutomations;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const definition = {
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural }, versions: [{ name: version, served: true, storage: true, schema }] },
  };
  const body = loadYaml<V1CustomResourceDefinition>(JSON.stringify(definition));
  await world.config.makeApiClient(ApiextensionsV1Api).createCustomResourceDefinition({ body });
  await vi.waitUntil(
    () =>
      world.config
        .makeApiClient(CustomObjectsApi)
        .listClusterCustomObject(imageAutomations)
        .then(
          () => true,
          () => false,
        ),
    { timeout: 20_000, interval: 10 },
  );
}

async function look(by: Delivery = delivery()): Promise<ObservedFlux> {
  const seen = await by.observe(target);
  if (seen.kind === 'absent' || seen.controller !== 'flux') throw new Error('nothing to look at');
  return seen;
}

async function until(wanted: (seen: ObservedFlux) => boolean): Promise<ObservedFlux> {
  return vi.waitUntil(
    async () => {
      const seen = await look();
      return wanted(seen) ? seen : undefined;
    },
    { timeout: 20_000, interval: 10 },
  );
}

const verdictOf = (seen: ObservedFlux): string =>
  assessDelivery({ commit: world.first, containment: {}, statusMaxAgeMs: 360_000 }, seen, new Date()).kind;
const isDelivered = (seen: ObservedFlux): boolean => verdictOf(seen) === 'delivered';

async function faultOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly text: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UpstreamError) return { code: error.code, text: `${error.message} ${error.hint ?? ''}` };
    throw error;
  }
  throw new Error('it worked');
}

describe('what is seen', () => {
  it('is the Kustomization with its source, and what it made', async () => {
    const seen = await until(isDelivered);

    expect(seen).toMatchObject({
      inventory: [{ group: '', kind: 'ConfigMap', namespace: 'shop', name: 'web' }],
      origin: { found: true, kind: 'GitRepository', revision: `main@sha1:${world.first}` },
      source: { path: './overlay', targetRevision: 'main' },
      settings: { prune: true, wait: true, intervalMs: 3_600_000, timeoutMs: 30_000 },
      automations: [],
    });
  });

  it('holds a HelmRelease of the inventory that is not there, and one that is', async () => {
    const made = (await until(isDelivered)).inventory.map(({ namespace = '', name }) => ({
      id: `${namespace}_${name}__ConfigMap`,
      v: 'v1',
    }));
    const entries = [...made, { id: 'flux-system_web_helm.toolkit.fluxcd.io_HelmRelease', v: 'v2' }];
    await world.patchStatus(kustomizations, target.name, { inventory: { entries } });
    const missing = (await look()).made;
    await world.create(helmReleases, 'web', {
      interval: '1h',
      chart: { spec: { chart: 'web', sourceRef: { kind: 'GitRepository', name: 'none' } } },
    });

    expect(missing).toMatchObject([{ kind: 'unseen', object: { kind: 'HelmRelease', name: 'web' }, reason: 'it does not exist' }]);
    expect((await look()).made).toMatchObject([{ kind: 'HelmRelease', release: { namespace: 'flux-system', name: 'web' } }]);
  });

  it('names what writes images to Git', async () => {
    await defineImageAutomations();
    await world.create(imageAutomations, 'images', {
      sourceRef: { kind: 'GitRepository', name: 'app' },
      interval: '1h',
      git: { commit: { author: { email: 'a@example.com' } } },
      update: { path: './overlay', strategy: 'Setters' },
    });

    const { automations, source } = await look();
    expect(automations).toEqual([
      { namespace: 'flux-system', name: 'images', suspended: false, url: source.repository, branch: 'main', path: './overlay' },
    ]);
  });
});

describe('a fault', () => {
  it('of rights on what is only asked for more is no fault', async () => {
    const seen = await look(delivery(await readerConfig()));

    expect([seen.automations, seen.controllerVersion]).toEqual([undefined, undefined]);
  });

  it('of rights to ask says which', async () => {
    const { code, text } = await faultOf(delivery(await readerConfig()).requestSync(target, request));

    expect(code).toBe('kubernetes-forbidden');
    expect(text).toMatch(/^patching \w+ flux-system\/[\w-]+ on cluster home: 403 .*cannot patch/);
  });

  it('of a cluster that is away is one to try again', async () => {
    const gone = configOf(world.cluster.kubeconfig().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));

    expect((await faultOf(delivery(gone).observe(target))).code).toBe('kubernetes-unreachable');
  });

  it('of an object that is not as documented names the field', async () => {
    await until(isDelivered);

    // The controller may write its own words over ours in between.
    const { code, text } = await vi.waitFor(
      async () => {
        await world.patchStatus(kustomizations, target.name, { conditions: [{ type: 'Ready', status: 'Perhaps' }] });
        return faultOf(delivery().observe(target));
      },
      { timeout: 20_000, interval: 10 },
    );

    expect(code).toBe('flux-unexpected');
    expect(text).toContain('status.conditions.0.status');
  });

  it('of a refresh without a target says so', async () => {
    await expect(delivery().requestRefresh({ ...target, name: 'nowhere' })).rejects.toThrow(
      'no Kustomization flux-system/nowhere on cluster home',
    );
  });
});

describe('halfway', () => {
  it('a target that is suspended is suspended, whatever it was at', async () => {
    await until(isDelivered);
    await delivery().requestSync(target, { ...request, revision: await world.commit('debug') });

    await delivery().setSuspended(target, true);

    expect(verdictOf(await look())).toBe('suspended');
  });

  it('a source that is gone leaves nothing to be said', async () => {
    await until(isDelivered);

    await world.remove(gitRepositories, 'app');

    const seen = await until(({ origin }) => !origin.found);
    expect(verdictOf(seen)).toBe('unknown');
    expect((await delivery().requestSync(target, request)).kind).toBe('busy');
  });

  it('a target that is deleted is absent in the end', async () => {
    await until(isDelivered);

    await world.remove(kustomizations, target.name);

    await vi.waitUntil(async () => (await delivery().observe(target)).kind === 'absent', { timeout: 20_000, interval: 10 });
    expect(await delivery().requestSync(target, request)).toEqual({ kind: 'absent' });
  });
});
