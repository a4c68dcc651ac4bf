import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { parseJson, textAt } from '../json/json.ts';
import { kubeClient } from '../kube/kube-client.ts';
import type { AccessRule, AccessToken } from '../kubernetes/http/access.ts';
import { startKubernetes } from '../kubernetes/start-kubernetes.ts';

/** A fresh cluster that has the definitions of Argo CD and Flux, and no controller of theirs. */
export interface ClusterUnderTest extends AsyncDisposable {
  readonly url: string;
  /** Of the administrator. */
  kubeconfig(): string;
  /** Of somebody who may do nothing but what was granted. */
  limitedKubeconfig(): string;
  grant(rule: AccessRule): Promise<void>;
}

interface ClusterOptions {
  readonly latencyMs?: number;
  /** Further users of the sandbox, which evaluates no roles; for a real control plane the test makes roles. */
  readonly tokens?: readonly AccessToken[];
}

/** Names the socket where `npm run test:cluster` hands out clusters. */
const door = 'FAIRLEAD_TEST_CLUSTER';

/** The sandbox's own; under `npm run test:cluster`, a real control plane. */
export async function clusterUnderTest(options: ClusterOptions = {}): Promise<ClusterUnderTest> {
  const path = process.env[door];
  return path === undefined ? sandboxCluster(options) : realCluster(path);
}

async function sandboxCluster({ latencyMs = 5, tokens = [] }: ClusterOptions): Promise<ClusterUnderTest> {
  const rules: AccessRule[] = [];
  const token = randomUUID();
  const kubernetes = await startKubernetes({ latencyMs, tokens: [{ token, user: 'nobody', rules }, ...tokens] });
  return {
    url: kubernetes.url,
    kubeconfig: () => kubernetes.kubeconfig(),
    limitedKubeconfig: () => kubernetes.kubeconfig(token),
    grant(rule) {
      rules.push(rule);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => kubernetes[Symbol.asyncDispose](),
  };
}

/** It lives as long as the connection. */
async function realCluster(path: string): Promise<ClusterUnderTest> {
  const socket = connect(path);
  const line = await firstLine(socket);
  const said = parseJson(line);
  const [url, admin, nobody] = [textAt(said, 'url'), textAt(said, 'admin'), textAt(said, 'nobody')];
  if (url === undefined || admin === undefined || nobody === undefined) throw new Error(`no test cluster: ${line}`);
  return {
    url,
    kubeconfig: () => admin,
    limitedKubeconfig: () => nobody,
    grant: (rule) => grantNobody(admin, rule),
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.end();
      await closed;
    },
  };
}

async function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: socket }).once('line', resolve);
    socket.once('error', reject);
  });
}

const rbac = 'rbac.authorization.k8s.io';

/** In the namespaces of the rule, or in the whole cluster. */
async function grantNobody(kubeconfig: string, { verbs, groups, resources, namespaces }: AccessRule): Promise<void> {
  const client = await kubeClient(kubeconfig);
  const metadata = { name: `granted-${randomUUID()}` };
  const rules = [{ verbs, apiGroups: groups, resources }];
  const subjects = [{ apiGroup: rbac, kind: 'User', name: 'nobody' }];
  const bound = namespaces?.map((namespace) => ({ path: `/namespaces/${namespace}`, kind: 'Role' })) ?? [{ path: '', kind: 'ClusterRole' }];
  for (const { path, kind } of bound) {
    const root = `/apis/${rbac}/v1${path}/${kind.toLowerCase()}`;
    const roleRef = { apiGroup: rbac, kind, name: metadata.name };
    await client.send({ verb: 'POST', path: `${root}s`, body: { metadata, rules } });
    await client.send({ verb: 'POST', path: `${root}bindings`, body: { metadata, roleRef, subjects } });
  }
  client.close();
}
