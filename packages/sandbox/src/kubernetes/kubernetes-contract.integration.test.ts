import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openWorld } from './contract/contract-world.ts';
import { kubernetesContract } from './contract/kubernetes-contract.ts';
import { clusterUnderTest, type ClusterUnderTest } from '../testing/cluster-under-test.ts';

describe('a Kubernetes API server', () => {
  let cluster: ClusterUnderTest;
  beforeAll(async () => {
    cluster = await clusterUnderTest({ latencyMs: 2 });
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  for (const [index, { behaviour, run }] of kubernetesContract().entries()) {
    it(behaviour, async () => {
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromString(cluster.kubeconfig());

      await run(await openWorld(kubeConfig, `contract-${index.toString()}`));
    });
  }
});
