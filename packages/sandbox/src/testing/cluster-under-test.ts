import { readFile } from 'node:fs/promises';

import { startKubernetes } from '../kubernetes/start-kubernetes.ts';

interface ClusterUnderTest extends AsyncDisposable {
  kubeconfig(): string;
}

/** The sandbox's own, or a real one that has the definitions of Argo CD and Flux, by the path of its kubeconfig: a fresh one for each test file. */
export async function clusterUnderTest(): Promise<ClusterUnderTest> {
  const path = process.env['FAIRLEAD_E2E_KUBECONFIG'];
  if (path === undefined) return startKubernetes({ latencyMs: 5 });
  const kubeconfig = await readFile(path, 'utf8');
  return { kubeconfig: () => kubeconfig, [Symbol.asyncDispose]: () => Promise.resolve() };
}
