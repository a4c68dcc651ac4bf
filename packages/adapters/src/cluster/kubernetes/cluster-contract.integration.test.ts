import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from '@fairlead/engine';
import { clusterContract, type ClusterWorld } from '@fairlead/engine/testing';
import { clusterUnderTest, type ClusterUnderTest } from '@fairlead/sandbox/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cutProxy } from '../../http/testing/cut-proxy.ts';
import { kubernetesClusters } from './kubernetes-cluster.ts';
import { objectWriter } from './testing/object-writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let kubernetes: ClusterUnderTest;
beforeAll(async () => {
  kubernetes = await clusterUnderTest({ latencyMs: 1 });
});
afterAll(() => kubernetes[Symbol.asyncDispose]());

let worlds = 0;

/** A namespace and a group of its own, in the cluster of all. */
async function world(): Promise<ClusterWorld> {
  worlds += 1;
  const namespace = `pc-${String(worlds)}`;
  const proxy = await cutProxy(new URL(kubernetes.url));
  closing.push(() => {
    proxy.close();
  });
  const admin = new KubeConfig();
  admin.loadFromString(kubernetes.kubeconfig());
  const writer = objectWriter(admin);
  await writer.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const allow = (resource: string): Promise<void> =>
    kubernetes.grant({ verbs: ['list', 'watch'], groups: [''], resources: [resource], namespaces: [namespace] });
  await allow('configmaps');
  return {
    ...writer,
    cluster: clusterOf(kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${String(proxy.port)}`)),
    name: 'home',
    namespace,
    group: `shop-${String(worlds)}.example.com`,
    cut() {
      proxy.cut();
    },
    mend() {
      proxy.mend();
    },
    limited: () => ({
      cluster: clusterOf(kubernetes.limitedKubeconfig()),
      grant: () => allow('services'),
    }),
  };
}

function clusterOf(text: string): Cluster {
  return kubernetesClusters({
    clusters: [{ name: 'home', kubeconfig: { kind: 'text', text } }],
    timing: { reconnect: { minMs: 1, maxMs: 10 }, rediscoverMs: 10 },
  });
}

describe('contract, with an API server', () => {
  it.each(Object.entries(clusterContract))('%s', async (_behaviour, run) => {
    await run(await world(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
