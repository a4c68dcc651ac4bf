import { Watch, type KubeConfig } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { toJson, type Json, type JsonObject } from '../json/json.ts';
import { objectAt } from '../json/json-path.ts';
import { deferred } from './deferred.ts';
import { rawRequest, type RawAnswer, type RawOptions } from './raw-request.ts';

/** What a case works with: one cluster and one namespace of its own. */
export interface ContractWorld {
  readonly kubeConfig: KubeConfig;
  readonly namespace: string;
  /** Of the namespace's objects: `configmaps`, `apps/v1/deployments`. */
  readonly path: (resource: string, name?: string) => string;
  readonly call: (method: string, path: string, options?: RawOptions) => Promise<RawAnswer>;
  /** The body of a call that must be answered with success. */
  readonly ok: (method: string, path: string, options?: RawOptions) => Promise<JsonObject>;
  /** The `Status` of a call that must be answered with this code and reason. */
  readonly refused: (answer: RawAnswer, code: number, reason: string) => JsonObject;
  /** The object as soon as it is as wanted. */
  readonly until: (resource: string, name: string, accept: (object: JsonObject) => boolean) => Promise<JsonObject>;
  /** The same, of any collection. */
  readonly untilIn: (collection: string, name: string, accept: (object: JsonObject) => boolean) => Promise<JsonObject>;
  /** Waits for the object to go. */
  readonly gone: (resource: string, name: string) => Promise<void>;
}

export async function openWorld(kubeConfig: KubeConfig, namespace: string): Promise<ContractWorld> {
  const call = (method: string, path: string, options: RawOptions = {}): Promise<RawAnswer> =>
    rawRequest(kubeConfig, { method, path, ...options });
  const path = (resource: string, name?: string): string => collectionPath(namespace, resource) + (name === undefined ? '' : `/${name}`);
  const ok: ContractWorld['ok'] = async (method, target, options) => {
    const answer = await call(method, target, options);
    assert.ok(answer.code < 300, `${method} ${target}: ${JSON.stringify(answer.body)}`);
    return objectAt(answer.body);
  };
  const untilIn: ContractWorld['untilIn'] = (collection, name, accept) =>
    watchFor(kubeConfig, { path: collection, name }, ({ type, object }) => type !== 'DELETED' && accept(object));

  await ok('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
  const world: ContractWorld = {
    kubeConfig,
    namespace,
    path,
    call,
    ok,
    refused: ({ code, body }, expected, reason) => {
      assert.deepEqual([code, objectAt(body)['kind'], objectAt(body)['reason']], [expected, 'Status', reason], JSON.stringify(body));
      return objectAt(body);
    },
    until: (resource, name, accept) => untilIn(path(resource), name, accept),
    untilIn,
    gone: async (resource, name) => {
      const isGone = async (): Promise<boolean> => (await call('GET', path(resource, name))).code === 404;
      try {
        await watchFor(kubeConfig, { path: path(resource), name, already: isGone }, ({ type }) => type === 'DELETED');
      } catch (error) {
        // The kind itself may go first, and then there is nothing to watch.
        if (!(await isGone())) throw error;
      }
    },
  };
  // Workloads need what a controller puts into a new namespace.
  await world.until('serviceaccounts', 'default', () => true);
  await world.until('configmaps', 'kube-root-ca.crt', () => true);
  return world;
}

function collectionPath(namespace: string, resource: string): string {
  const slash = resource.lastIndexOf('/');
  const root = slash < 0 ? '/api/v1' : `/apis/${resource.slice(0, slash)}`;
  return `${root}/namespaces/${namespace}/${resource.slice(slash + 1)}`;
}

export interface Seen {
  readonly type: string;
  readonly object: JsonObject;
}

interface Watched {
  readonly path: string;
  readonly name: string;
  /** Asked once the watch stands: what happened before it sends no event. */
  readonly already?: () => Promise<boolean>;
}

/** The object of the first event that is accepted. */
async function watchFor(kubeConfig: KubeConfig, { path, name, already }: Watched, accept: (seen: Seen) => boolean): Promise<JsonObject> {
  const { promise, resolve, reject } = deferred<JsonObject>();
  const onEvent = (type: string, value: unknown): void => {
    const object = objectAt(toJson(value));
    if (accept({ type, object })) resolve(object);
  };
  // Its failure may come before anyone waits for it.
  promise.catch(() => undefined);
  const request = await new Watch(kubeConfig).watch(path, { fieldSelector: `metadata.name=${name}` }, onEvent, (error) => {
    reject(error instanceof Error ? error : new Error('the watch ended'));
  });
  if ((await already?.()) === true) resolve({});
  try {
    return await promise;
  } finally {
    request.abort();
  }
}

/** Every event of a watch until `enough` says so, or its end. */
export async function collect(
  { kubeConfig }: ContractWorld,
  { path, query }: { readonly path: string; readonly query: Readonly<Record<string, string>> },
  enough: (seen: readonly Seen[]) => boolean,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const { promise, resolve, reject } = deferred<Json>();
  const onEvent = (type: string, value: unknown): void => {
    seen.push({ type, object: objectAt(toJson(value)) });
    if (enough(seen)) resolve(null);
  };
  const request = await new Watch(kubeConfig).watch(path, query, onEvent, (error) => {
    if (error instanceof Error) reject(error);
    else resolve(null);
  });
  try {
    await promise;
    return [...seen];
  } finally {
    request.abort();
  }
}
