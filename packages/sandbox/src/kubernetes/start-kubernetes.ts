import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { Clock, Cluster } from './api/cluster.ts';
import { seededIds } from './api/ids.ts';
import { ListPages } from './api/list-pages.ts';
import { runControllers } from './controllers/controller.ts';
import { builtInControllers } from './controllers/built-in-controllers.ts';
import { furnish } from './furnish.ts';
import { everyRight, type AccessToken } from './http/access.ts';
import { startApiServer } from './http/api-server.ts';
import { ResourceRegistry } from './resources/resource-registry.ts';
import { serveDefinitions } from './resources/serve-definitions.ts';
import { ObjectStore } from './store/object-store.ts';

export interface KubernetesOptions {
  /** Any free one by default. */
  readonly port?: number;
  readonly adminToken?: string;
  /** Tokens besides the administrator's, each with what it may do. */
  readonly tokens?: readonly AccessToken[];
  /** How long each controller takes to react to a change. A rollout is about six reactions. */
  readonly latencyMs?: number;
  readonly clock?: Clock;
  /** How many events of each resource a watch may come too late for. */
  readonly historyLimit?: number;
  /** Makes uids and generated names repeatable. */
  readonly seed?: string;
}

/** A Kubernetes API server with its controllers and a node that pretends, all in memory, on loopback. */
export interface KubernetesSandbox {
  readonly url: string;
  readonly adminToken: string;
  /** YAML, for the administrator unless another token is given. */
  kubeconfig(token?: string): string;
  /** Ends every watch and controller; the objects are gone. */
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startKubernetes(options: KubernetesOptions = {}): Promise<KubernetesSandbox> {
  const { port = 0, adminToken = randomUUID(), tokens = [], latencyMs = 20, clock = systemClock, historyLimit = 1000 } = options;
  const store = new ObjectStore(historyLimit);
  const cluster: Cluster = { store, registry: new ResourceRegistry(), clock, ids: seededIds(options.seed ?? randomUUID()) };
  serveDefinitions(cluster);
  furnish(cluster);
  const stopControllers = runControllers(store, builtInControllers(cluster), latencyMs);

  const admin = { token: adminToken, user: 'admin', rules: everyRight };
  const server = await startApiServer({ served: { cluster, pages: new ListPages() }, tokens: [admin, ...tokens], port });
  return {
    url: server.url,
    adminToken,
    kubeconfig: (token = adminToken) => kubeconfigText(server.url, token),
    async [Symbol.asyncDispose]() {
      stopControllers();
      await server.close();
    },
  };
}

const systemClock: Clock = { now: () => new Date() };

function kubeconfigText(server: string, token: string): string {
  const name = 'sandbox';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    // The client library speaks plain HTTP only to a cluster whose certificate it needn't check.
    clusters: [{ name, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
