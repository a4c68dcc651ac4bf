import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startGitServer } from '../../git/git-server.ts';
import { git } from '../../git/isolated-git.ts';
import { textAt, type Json, type JsonObject } from '../../json/json.ts';
import { collectionPath, objectPath, type ResourceType } from '../../kube/discovery.ts';
import { KubeApiError, kubeClient, type KubeClient } from '../../kube/kube-client.ts';
import { annotationOf, asObject, nameOf, uidOf, writeOrder, type KubeObject } from '../../kube/kube-object.ts';
import { type AccessToken } from '../../kubernetes/http/access.ts';
import { clusterUnderTest } from '../../testing/cluster-under-test.ts';
import { commitFiles } from '../../testing/commit-files.ts';
import { seeStates } from '../../testing/seen-states.ts';
import { startFlux, type Flux, type FluxOptions } from '../flux.ts';
import { requestAnnotation } from '../object/status-draft.ts';

const fluxTypes = {
  GitRepository: type('source.toolkit.fluxcd.io/v1', 'GitRepository', 'gitrepositories'),
  OCIRepository: type('source.toolkit.fluxcd.io/v1', 'OCIRepository', 'ocirepositories'),
  Kustomization: type('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomizations'),
  HelmRelease: type('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'helmreleases'),
} as const;

export type FluxKind = keyof typeof fluxTypes;

/** A cluster, a repository and a Flux between them, and what its objects went through. All of them live in `flux-system`. */
export interface FluxWorld extends AsyncDisposable {
  readonly flux: Flux;
  readonly client: KubeClient;
  readonly repositoryUrl: string;
  /** The clone that `commit` writes to. */
  readonly work: string;
  /** Commits files to `main` (null removes one) and pushes; returns the commit. */
  commit(files: Readonly<Record<string, string | null>>): Promise<string>;
  create(kind: FluxKind, name: string, spec: JsonObject): Promise<KubeObject>;
  /** Merges into the object; resolves when the watch has seen it. */
  patch(kind: FluxKind, name: string, body: JsonObject): Promise<void>;
  remove(kind: FluxKind, name: string): Promise<unknown>;
  /** Suspends every Kustomization, so that what a next test publishes costs nothing there. */
  rest(): Promise<void>;
  /** Asks for a reconciliation by annotation and waits until it was handled. */
  reconcile(kind: FluxKind, name: string): Promise<KubeObject>;
  /** Changes a delivered object as somebody would, by JSON merge patch. */
  edit(path: string, body: Json, manager?: string): Promise<KubeObject>;
  read(path: string): Promise<KubeObject | undefined>;
  /** Every state of an object so far, oldest first. */
  states(kind: FluxKind, name: string): readonly KubeObject[];
  /** Waits for a state that satisfies, beginning with the present one. */
  until(kind: FluxKind, name: string, wanted: (object: KubeObject) => boolean): Promise<KubeObject>;
}

const fluxNamespace = 'flux-system';

export interface FluxWorldOptions extends Partial<FluxOptions> {
  /** Rights of service accounts in the sandbox, which evaluates no roles. */
  readonly tokens?: readonly AccessToken[];
}

export async function fluxWorld({ tokens = [], ...options }: FluxWorldOptions = {}): Promise<FluxWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'flux-world-'));
  const stop = new AbortController();
  const cluster = await clusterUnderTest({ tokens });
  const server = await startGitServer({ root: join(folder, 'root') });
  const work = join(folder, 'work');
  await git(['clone', '--quiet', await server.createRepository('app'), work], folder);
  const client = await kubeClient(cluster.kubeconfig());
  await createNamespace(client, fluxNamespace);
  const flux = await startFlux({ kubeconfig: cluster.kubeconfig(), pollMs: 20, ...options });
  const seen = await seeStates({ client, kinds: Object.values(fluxTypes), signal: stop.signal });
  const pathOf = (kind: FluxKind, name: string): string => objectPath(fluxTypes[kind], fluxNamespace, name);
  const is = (object: KubeObject, kind: FluxKind, name: string): boolean => object.kind === kind && nameOf(object) === name;
  const send = async (path: string, body: Json, fieldManager: string): Promise<KubeObject> => {
    const contentType = 'application/merge-patch+json';
    return asObject(await client.send({ verb: 'PATCH', path, query: { fieldManager }, body, contentType }));
  };
  const until: FluxWorld['until'] = (kind, name, wanted) => seen.until((object) => is(object, kind, name) && wanted(object));
  const patch: FluxWorld['patch'] = async (kind, name, body) => {
    const answer = await send(pathOf(kind, name), body, 'recorder');
    await until(kind, name, (state) => uidOf(state) === uidOf(answer) && writeOrder(state) >= writeOrder(answer));
  };

  return {
    flux,
    client,
    repositoryUrl: server.repositoryUrl('app'),
    work,
    commit: (files) => commitFiles(work, files),
    async create(kind, name, spec) {
      const { apiVersion } = fluxTypes[kind];
      const body = { apiVersion, kind, metadata: { name, namespace: fluxNamespace }, spec };
      const path = collectionPath(fluxTypes[kind], fluxNamespace);
      return asObject(await client.send({ verb: 'POST', path, query: { fieldManager: 'recorder' }, body }));
    },
    patch,
    remove: (kind, name) => client.send({ verb: 'DELETE', path: pathOf(kind, name) }),
    rest: () => suspendAll(client, new Set(seen.states.filter(({ kind }) => kind === 'Kustomization').map(nameOf))),
    async reconcile(kind, name) {
      const requestedAt = `${new Date().toISOString()}${String(Math.random())}`;
      await patch(kind, name, { metadata: { annotations: { [requestAnnotation]: requestedAt } } });
      return until(kind, name, (object) => textAt(object, 'status', 'lastHandledReconcileAt') === annotationOf(object, requestAnnotation));
    },
    edit: (path, body, manager = 'kubectl-edit') => send(path, body, manager),
    read: (path) => client.send({ verb: 'GET', path }).then(asObject, absent),
    states: (kind, name) => seen.states.filter((object) => is(object, kind, name)),
    until,
    async [Symbol.asyncDispose]() {
      stop.abort();
      client.close();
      await flux[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function suspendAll(client: KubeClient, names: Iterable<string>): Promise<void> {
  const contentType = 'application/merge-patch+json';
  const body = { spec: { suspend: true } };
  for (const name of names) {
    const path = objectPath(fluxTypes.Kustomization, fluxNamespace, name);
    await client.send({ verb: 'PATCH', path, body, contentType }).catch(absent);
  }
}

export async function createNamespace(client: KubeClient, name: string): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  await client.send({ verb: 'POST', path: '/api/v1/namespaces', body }).catch((error: unknown) => {
    if (!(error instanceof KubeApiError) || error.status !== 409) throw error;
  });
}

function type(apiVersion: string, kind: string, plural: string): ResourceType {
  return { apiVersion, kind, plural, namespaced: true, verbs: [] };
}

function absent(error: unknown): undefined {
  if (error instanceof KubeApiError && error.status === 404) return undefined;
  throw error;
}
