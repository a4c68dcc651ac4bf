import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from '@fairlead/engine';
import { clusterContract, type ClusterWorld } from '@fairlead/engine/testing';
import { startKubernetes } from '@fairlead/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { cutProxy } from '../../http/testing/cut-proxy.ts';
import { kubernetesClusters } from './kubernetes-cluster.ts';
import { objectWriter } from './testing/object-writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const namespace = 'pc';
const see = ['list', 'watch'];

async function world(): Promise<ClusterWorld> {
  const rules = [{ verbs: see, groups: [''], resources: ['configmaps'], namespaces: [namespace] }];
  const kubernetes = await startKubernetes({ latencyMs: 1, tokens: [{ token: 'limited', user: 'limited', rules }] });
  closing.push(() => kubernetes[Symbol.asyncDispose]());
  const proxy = await cutProxy(new URL(kubernetes.url));
  closing.push(() => {
    proxy.close();
  });
  const admin = new KubeConfig();
  admin.loadFromString(kubernetes.kubeconfig());
  const writer = objectWriter(admin);
  await writer.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  return {
    ...writer,
    cluster: clusterOf(kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${String(proxy.port)}`)),
    name: 'home',
    namespace,
    group: 'shop.example.com',
    cut() {
      proxy.cut();
    },
    mend() {
      proxy.mend();
    },
    limited: () => ({
      cluster: clusterOf(kubernetes.kubeconfig('limited')),
      grant() {
        rules.push({ verbs: see, groups: [''], resources: ['services'], namespaces: [namespace] });
        return Promise.resolve();
      },
    }),
  };
}

function clusterOf(text: string): Cluster {
  return kubernetesClusters({
    clusters: [{ name: 'home', kubeconfig: { kind: 'text', text } }],
    timing: { reconnect: { minMs: 1, maxMs: 10 }, rediscoverMs: 10 },
  });
}

describe("contract, with the sandbox's API server", () => {
  it.each(Object.entries(clusterContract))('%s', async (_behaviour, run) => {
    await run(await world(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
