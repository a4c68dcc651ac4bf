import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { startKubernetes } from '../kubernetes/start-kubernetes.ts';
import { isJsonObject, parseJson, textAt } from '../json/json.ts';

/** A fresh cluster that has the definitions of Argo CD and Flux, and no controller of theirs. */
export interface ClusterUnderTest extends AsyncDisposable {
  readonly url: string;
  kubeconfig(): string;
}

/** Names the socket where `npm run test:cluster` hands out clusters. */
const door = 'FAIRLEAD_TEST_CLUSTER';

/** The sandbox's own; under `npm run test:cluster`, a real control plane. */
export async function clusterUnderTest({ latencyMs = 5 }: { readonly latencyMs?: number } = {}): Promise<ClusterUnderTest> {
  const path = process.env[door];
  return path === undefined ? startKubernetes({ latencyMs }) : realCluster(path);
}

/** It lives as long as the connection. */
async function realCluster(path: string): Promise<ClusterUnderTest> {
  const socket = connect(path);
  const [line]: unknown[] = await once(createInterface({ input: socket }), 'line');
  const said = parseJson(String(line));
  const [url, admin] = [textAt(said, 'url'), textAt(said, 'admin')];
  if (!isJsonObject(said) || url === undefined || admin === undefined) throw new Error(`no test cluster: ${String(line)}`);
  return {
    url,
    kubeconfig: () => admin,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.end();
      await closed;
    },
  };
}
