import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openWorld } from './contract/contract-world.ts';
import { kubernetesContract } from './contract/kubernetes-contract.ts';
import { startKubernetes, type KubernetesSandbox } from './start-kubernetes.ts';

describe('the sandbox as a Kubernetes API server', () => {
  let sandbox: KubernetesSandbox;
  beforeAll(async () => {
    sandbox = await startKubernetes({ latencyMs: 2 });
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  for (const [index, { behaviour, run }] of kubernetesContract().entries()) {
    it(behaviour, async () => {
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromString(sandbox.kubeconfig());

      await run(await openWorld(kubeConfig, `contract-${index.toString()}`));
    });
  }
});
