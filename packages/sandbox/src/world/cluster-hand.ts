import { readFile } from 'node:fs/promises';
import type { Json } from '../json/json.ts';
import { kubeClient } from '../kube/kube-client.ts';

/** Somebody with rights on the cluster, and a client of their own: what is done by it is nobody's plan. */
export interface ClusterHand extends Disposable {
  /** A strategic merge patch as `kubectl` sends it. */
  patch(path: string, body: Json, manager?: string): Promise<void>;
  get(path: string): Promise<Json>;
  create(path: string, body: Json, manager?: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export async function clusterHand(kubeconfigPath: string): Promise<ClusterHand> {
  const client = await kubeClient(await readFile(kubeconfigPath, 'utf8'), 'kubectl');
  return {
    async patch(path, body, manager = 'kubectl-edit') {
      // Custom kinds know no strategic merge.
      const patchType = /^\/apis\/(argoproj\.io|[a-z.]*fluxcd\.io)\//.test(path) ? 'merge-patch' : 'strategic-merge-patch';
      const contentType = `application/${patchType}+json`;
      await client.send({ verb: 'PATCH', path, query: { fieldManager: manager }, body, contentType });
    },
    get: (path) => client.send({ verb: 'GET', path }),
    async create(path, body, manager = 'kubectl-create') {
      await client.send({ verb: 'POST', path, query: { fieldManager: manager }, body });
    },
    async remove(path) {
      await client.send({ verb: 'DELETE', path });
    },
    [Symbol.dispose]() {
      client.close();
    },
  };
}
