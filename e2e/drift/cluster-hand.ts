import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const Kubeconfig = z.object({
  clusters: z.array(z.object({ cluster: z.object({ server: z.string() }) })).min(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).min(1),
});

/** Somebody with rights on the cluster, and a client of their own: what is done by it is nobody's plan. */
export interface ClusterHand {
  /** A strategic merge patch as `kubectl` sends it. */
  patch(path: string, body: unknown, manager?: string): Promise<void>;
  get(path: string): Promise<unknown>;
  create(path: string, body: unknown, manager?: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export async function clusterHand(kubeconfigPath: string): Promise<ClusterHand> {
  const { clusters, users } = Kubeconfig.parse(parse(await readFile(kubeconfigPath, 'utf8')));
  const [server, token] = [clusters[0]?.cluster.server ?? '', users[0]?.user.token ?? ''];
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    // Custom kinds know no strategic merge.
    const patchType = /^\/apis\/(argoproj\.io|[a-z.]*fluxcd\.io)\//.test(path) ? 'merge-patch' : 'strategic-merge-patch';
    const type = method === 'PATCH' ? `application/${patchType}+json` : 'application/json';
    const answer = await fetch(`${server}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
    return answer.json();
  };
  return {
    async patch(path, body, manager = 'kubectl-edit') {
      await send('PATCH', `${path}?fieldManager=${manager}`, body);
    },
    get: (path) => send('GET', path),
    async create(path, body, manager = 'kubectl-create') {
      await send('POST', `${path}?fieldManager=${manager}`, body);
    },
    async remove(path) {
      await send('DELETE', path);
    },
  };
}
