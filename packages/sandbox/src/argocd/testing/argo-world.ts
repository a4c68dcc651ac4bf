import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startGitServer } from '../../git/git-server.ts';
import { git } from '../../git/isolated-git.ts';
import { applicationVersion } from '../application/application.ts';
import { startArgoCd, type ArgoCd, type ArgoCdOptions } from '../argo-cd.ts';
import { textAt, type Json, type JsonObject } from '../../json/json.ts';
import { kubeClient, type KubeClient } from '../../kube/kube-client.ts';
import { annotationsOf, asObject, nameOf, uidOf, writeOrder, type KubeObject } from '../../kube/kube-object.ts';
import { clusterUnderTest } from '../../testing/cluster-under-test.ts';
import { commitFiles } from '../../testing/commit-files.ts';
import { seeStates } from '../../testing/seen-states.ts';

/** A cluster, a repository and an Argo CD between them, and what its Applications went through. */
export interface ArgoWorld extends AsyncDisposable {
  readonly argo: ArgoCd;
  readonly client: KubeClient;
  readonly repositoryUrl: string;
  /** Commits files to `main` (null removes one) and pushes; returns the commit. */
  commit(files: Readonly<Record<string, string | null>>): Promise<string>;
  /** Creates an Application of this name that delivers a path to a namespace; `spec` fields replace the defaults. */
  create(name: string, spec?: JsonObject): Promise<void>;
  /** Writes an operation as Fairlead does: with the state of the last one removed. */
  operate(name: string, operation: JsonObject): Promise<void>;
  patch(path: string, body: Json): Promise<void>;
  read(path: string): Promise<KubeObject>;
  /** Refreshes an Application and waits until that is done: whatever was due before is done then, too. */
  quiet(name: string): Promise<void>;
  /** Every state of an Application so far, oldest first. */
  states(name: string): readonly KubeObject[];
  /** Waits for a state that satisfies, beginning with the present one. */
  until(name: string, wanted: (application: KubeObject) => boolean): Promise<KubeObject>;
}

const applicationType = { apiVersion: applicationVersion, kind: 'Application', plural: 'applications', namespaced: true, verbs: [] };

export async function argoWorld(options: Partial<ArgoCdOptions> = {}): Promise<ArgoWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'argo-world-'));
  const stop = new AbortController();
  const cluster = await clusterUnderTest();
  const server = await startGitServer({ root: join(folder, 'root') });
  const work = join(folder, 'work');
  await git(['clone', '--quiet', await server.createRepository('app'), work], folder);
  const repositoryUrl = server.repositoryUrl('app');
  const argo = await startArgoCd({ kubeconfig: cluster.kubeconfig(), latencyMs: 20, ...options });
  const client = await kubeClient(cluster.kubeconfig());
  const seen = await seeStates({ client, kinds: [applicationType], signal: stop.signal });
  const applications = `/apis/${applicationVersion}/namespaces/argocd/applications`;
  const patch = async (path: string, body: Json): Promise<void> => {
    const answer = asObject(
      await client.send({ verb: 'PATCH', path, query: { fieldManager: 'recorder' }, body, contentType: 'application/merge-patch+json' }),
    );
    // What a test waits for next must come after what it wrote.
    if (answer.kind === 'Application')
      await seen.until((state) => uidOf(state) === uidOf(answer) && writeOrder(state) >= writeOrder(answer));
  };

  return {
    argo,
    client,
    repositoryUrl,
    patch,
    read: async (path) => asObject(await client.send({ verb: 'GET', path })),
    commit: (files) => commitFiles(work, files),
    async create(name, spec = {}) {
      const source = { repoURL: repositoryUrl, path: `overlays/${name}`, targetRevision: 'main' };
      const destination = { server: 'https://kubernetes.default.svc', namespace: `ns-${name}` };
      const body = {
        apiVersion: applicationVersion,
        kind: 'Application',
        metadata: { name, namespace: 'argocd' },
        spec: { project: 'default', source, destination, ...spec },
      };
      await client.send({ verb: 'POST', path: applications, query: { fieldManager: 'recorder' }, body });
    },
    async operate(name, operation) {
      await patch(`${applications}/${name}`, { operation, status: { operationState: null } });
    },
    async quiet(name) {
      const requested = { 'argocd.argoproj.io/refresh': 'normal', 'argocd.argoproj.io/refresh-timestamp': new Date().toISOString() };
      await patch(`${applications}/${name}`, { metadata: { annotations: requested } });
      await seen.until((application) => nameOf(application) === name && !('argocd.argoproj.io/refresh' in annotationsOf(application)));
    },
    states: (name) => seen.states.filter((application) => nameOf(application) === name),
    until: (name, wanted) => seen.until((application) => nameOf(application) === name && wanted(application)),
    async [Symbol.asyncDispose]() {
      stop.abort();
      client.close();
      await argo[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The operation has ended and a comparison came after it: from here on, sync and health mean what they say. */
export function finished(application: KubeObject): boolean {
  const finishedAt = textAt(application, 'status', 'operationState', 'finishedAt');
  const reconciledAt = textAt(application, 'status', 'reconciledAt') ?? '';
  const phase = textAt(application, 'status', 'operationState', 'phase') ?? '';
  return (
    application['operation'] === undefined &&
    ['Succeeded', 'Failed', 'Error'].includes(phase) &&
    finishedAt !== undefined &&
    reconciledAt >= finishedAt
  );
}
