import { once } from 'node:events';
import { createServer } from 'node:http';
import type { KubeClient } from '../kube/kube-client.ts';
import { listAt, textAt, type Json } from '../json/json.ts';

/** The public address of an environment's api, as its Ingress would serve it. */
export interface RouteEndpoint extends AsyncDisposable {
  /** `host:port`. */
  readonly address: string;
  readonly url: string;
  /** While it lasts, every request is answered with 503, whatever runs. */
  outage(lasts: boolean): void;
}

export interface RouteOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly onRequest?: () => void;
}

/** Answers 200 as long as a ready api pod stands behind it, like a load balancer with one backend. */
export async function startRouteEndpoint({ client, namespace, onRequest }: RouteOptions): Promise<RouteEndpoint> {
  let out = false;
  const server = createServer((_request, response) => {
    onRequest?.();
    const ready = out ? Promise.resolve(false) : hasReadyPod(client, namespace);
    ready.then(
      (healthy) => response.writeHead(healthy ? 200 : 503, { 'content-type': 'text/plain' }).end(healthy ? 'ok\n' : 'no ready backend\n'),
      () => response.writeHead(502).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the route endpoint has no port');
  const address = `127.0.0.1:${String(bound.port)}`;

  return {
    address,
    url: `http://${address}/healthz`,
    outage(lasts) {
      out = lasts;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function hasReadyPod(client: KubeClient, namespace: string): Promise<boolean> {
  const query = { labelSelector: 'app.kubernetes.io/name=api' };
  const pods = await client.send({ verb: 'GET', path: `/api/v1/namespaces/${namespace}/pods`, query });
  return listAt(pods, 'items').some(isReady);
}

function isReady(pod: Json): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
}
