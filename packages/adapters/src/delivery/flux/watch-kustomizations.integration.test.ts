import { CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import type { DeliveryTarget, JsonObject } from '@fairlead/domain';
import { startKubernetes, type KubernetesSandbox } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutProxy, type CutProxy } from '../../http/testing/cut-proxy.ts';
import { gitRepositories, kustomizations, type FluxKind } from './flux-kind.ts';
import { fluxDelivery } from './flux-delivery.ts';

const namespace = 'default';

let kubernetes: KubernetesSandbox;
let proxy: CutProxy;
let watched: { readonly told: Told; stop(): Promise<void> };

/** Counts what a watch tells, and waits for more. */
class Told {
  readonly names: string[] = [];
  #wake: () => void = () => undefined;

  readonly changed = ({ name }: DeliveryTarget): void => {
    this.names.push(name);
    this.#wake();
  };

  async atLeast(count: number): Promise<void> {
    while (this.names.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function configOf(text: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(text);
  return config;
}

function api(): CustomObjectsApi {
  return configOf(kubernetes.kubeconfig()).makeApiClient(CustomObjectsApi);
}

async function create(of: FluxKind, spec: JsonObject): Promise<void> {
  const body = { apiVersion: `${of.group}/${of.version}`, kind: of.kind, metadata: { name: 'app' }, spec };
  await api().createNamespacedCustomObject({ ...of, namespace, body });
}

async function label(of: FluxKind, change: string): Promise<void> {
  const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  await api().patchNamespacedCustomObject({ ...of, namespace, name: 'app', body: { metadata: { labels: { change } } } }, merge);
}

beforeEach(async () => {
  kubernetes = await startKubernetes({ historyLimit: 5 });
  proxy = await cutProxy(new URL(kubernetes.url));
  const spec = { interval: '1h', prune: true, sourceRef: { kind: 'GitRepository', name: 'app' } };
  await create(gitRepositories, { interval: '1h', url: 'https://git.example.com/app.git' });
  await create(kustomizations, spec);
  const told = new Told();
  const through = configOf(kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${String(proxy.port)}`));
  const flux = fluxDelivery({
    clusters: { kubeConfig: () => through },
    reconnect: { minMs: 1, maxMs: 5 },
  });
  const watching = await flux.watch('home', namespace, told.changed);
  watched = { told, stop: () => watching.stop() };
  // The Kustomization itself, and its source.
  await told.atLeast(2);
});
afterEach(async () => {
  await watched.stop();
  proxy.close();
  await kubernetes[Symbol.asyncDispose]();
});

describe('a watch', () => {
  it('tells of the Kustomization when its source changes', async () => {
    await label(gitRepositories, 'yes');

    await watched.told.atLeast(3);
    expect(new Set(watched.told.names)).toEqual(new Set(['app']));
  });

  it('goes on after the connection broke', async () => {
    proxy.cut();
    proxy.mend();

    await label(kustomizations, 'yes');

    await watched.told.atLeast(3);
  });

  it('lists again, and tells of what went, when it comes back too late for the history', async () => {
    proxy.cut();
    await api().deleteNamespacedCustomObject({ ...kustomizations, namespace, name: 'app' });
    for (let change = 0; change < 10; change += 1) await label(gitRepositories, String(change));
    const before = watched.told.names.length;

    proxy.mend();

    await watched.told.atLeast(before + 1);
  });

  it('of a cluster that nobody knows is refused', async () => {
    const clusters = {
      kubeConfig: (): KubeConfig => {
        throw new Error('no cluster home');
      },
    };

    await expect(async () => fluxDelivery({ clusters }).watch('home', namespace, () => undefined)).rejects.toThrow('no cluster home');
  });
});
