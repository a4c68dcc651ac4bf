import { hasOption } from '../application/application.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { comparable, isBuiltIn, lastApplied, lastAppliedAnnotation } from '../compare/comparable.ts';
import { threeWayMerge } from '../compare/three-way-merge.ts';
import { isJsonList, isJsonObject, objectAt, textAt, withValue, without, type Json, type JsonObject } from '../../json/json.ts';
import { isEmpty, mergePatch } from '../../json/merge-patch.ts';
import { collectionPath, objectPath, type ResourceType } from '../../kube/discovery.ts';
import { KubeApiError } from '../../kube/kube-client.ts';
import { annotationOf, groupOf, isKubeObject, nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { type TaskResult } from './sync-task.ts';

const fieldManager = 'argocd-controller';

export interface ApplyOptions {
  readonly syncOptions: readonly string[];
  readonly dryRun: boolean;
}

/** Puts declared objects into a cluster the way kubectl does, and says of each what kubectl would print. */
export interface Applier {
  apply(object: KubeObject): Promise<TaskResult>;
  prune(object: KubeObject): Promise<TaskResult>;
  remove(object: KubeObject): Promise<void>;
  read(object: KubeObject): Promise<KubeObject | undefined>;
}

export function applier(cluster: Cluster, options: ApplyOptions): Applier {
  const read = async (object: KubeObject): Promise<KubeObject | undefined> => {
    const found = await orAbsent(cluster.client.send({ verb: 'GET', path: await pathOf(cluster, object) }));
    return isKubeObject(found) ? found : undefined;
  };
  const remove = async (object: KubeObject, policy: string): Promise<void> => {
    await orAbsent(
      cluster.client.send({
        verb: 'DELETE',
        path: await pathOf(cluster, object),
        query: { propagationPolicy: policy, ...dryRun(options) },
      }),
    );
  };
  return {
    read,
    remove: (object) => remove(object, 'Background'),
    apply: (object) => attempt(async () => synced(object, await put(cluster, { object, live: await read(object), options }), options)),
    prune: (object) =>
      attempt(async () => {
        await remove(object, 'Foreground');
        return { status: 'Pruned', phase: 'Succeeded', message: options.dryRun ? 'pruned (dry run)' : 'pruned' };
      }),
  };
}

async function attempt(work: () => Promise<TaskResult>): Promise<TaskResult> {
  try {
    return await work();
  } catch (error) {
    return { status: 'SyncFailed', phase: 'Failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function synced(object: KubeObject, verb: string, options: ApplyOptions): TaskResult {
  const group = groupOf(object.apiVersion);
  const type = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  return { status: 'Synced', phase: 'Running', message: `${type}/${nameOf(object)} ${verb}${options.dryRun ? ' (dry run)' : ''}` };
}

interface Put {
  readonly object: KubeObject;
  readonly live: KubeObject | undefined;
  readonly options: ApplyOptions;
}

function put(cluster: Cluster, { object, live, options }: Put): Promise<string> {
  const own = (annotationOf(object, 'argocd.argoproj.io/sync-options') ?? '').split(',').map((option) => option.trim());
  const wanted = (name: string): boolean => hasOption(options.syncOptions, name) || hasOption(own, name);
  if (wanted('ServerSideApply')) return serverSideApply(cluster, object, options);
  if (live === undefined) return create(cluster, object, options);
  return wanted('Replace') ? replace(cluster, { object, live, options }) : clientSideApply(cluster, { object, live, options });
}

async function serverSideApply(cluster: Cluster, object: KubeObject, options: ApplyOptions): Promise<string> {
  const query = { fieldManager, force: 'true', ...dryRun(options) };
  const path = await pathOf(cluster, object);
  take(
    cluster,
    options,
    await cluster.client.send({ verb: 'PATCH', path, query, body: object, contentType: 'application/apply-patch+yaml' }),
  );
  return 'serverside-applied';
}

async function create(cluster: Cluster, object: KubeObject, options: ApplyOptions): Promise<string> {
  const type = await typeOf(cluster, object);
  const path = collectionPath(type, namespaceOf(object));
  take(
    cluster,
    options,
    await cluster.client.send({ verb: 'POST', path, query: { fieldManager, ...dryRun(options) }, body: withLastApplied(object, object) }),
  );
  return 'created';
}

async function replace(cluster: Cluster, { object, live, options }: Required<Put> & { readonly live: KubeObject }): Promise<string> {
  const version = textAt(live.metadata, 'resourceVersion') ?? '';
  const body = withValue(withLastApplied(object, object), ['metadata', 'resourceVersion'], version);
  take(
    cluster,
    options,
    await cluster.client.send({ verb: 'PUT', path: await pathOf(cluster, object), query: { fieldManager, ...dryRun(options) }, body }),
  );
  return 'replaced';
}

async function clientSideApply(
  cluster: Cluster,
  { object, live, options }: Required<Put> & { readonly live: KubeObject },
): Promise<string> {
  const original = lastApplied(live);
  const merged = threeWayMerge(
    { original: original === undefined ? undefined : appliedFields(original), target: appliedFields(object), live },
    { builtIn: isBuiltIn(object), emptyIsAbsent: false },
  );
  const patch = mergePatch(live, withLastApplied(merged, object));
  if (isEmpty(patch)) return 'unchanged';
  try {
    const path = await pathOf(cluster, object);
    const query = { fieldManager, ...dryRun(options) };
    take(
      cluster,
      options,
      await cluster.client.send({ verb: 'PATCH', path, query, body: patch, contentType: 'application/merge-patch+json' }),
    );
    return 'configured';
  } catch (error) {
    // kubectl names the temporary file that it was given.
    throw new Error(`error when patching "/dev/shm/manifest": ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}

/** An object read in another version is patched in the one it is declared in. */
function appliedFields(object: KubeObject): JsonObject {
  return without(comparable(object), 'apiVersion', 'kind');
}

function withLastApplied(onto: JsonObject, object: KubeObject): JsonObject {
  const annotations = objectAt(onto, 'metadata', 'annotations');
  const record = `${JSON.stringify(sorted(comparable(withoutRecord(object))))}\n`;
  return withValue(onto, ['metadata', 'annotations'], { ...annotations, [lastAppliedAnnotation]: record });
}

/** A record without any annotation still lists them, as kubectl's does. */
function withoutRecord(object: KubeObject): KubeObject {
  const annotations = without(objectAt(object.metadata, 'annotations'), lastAppliedAnnotation);
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function sorted(value: Json): Json {
  if (isJsonList(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function take(cluster: Cluster, options: ApplyOptions, answer: Json): void {
  if (!options.dryRun && isKubeObject(answer)) cluster.live.put(answer);
}

function dryRun(options: ApplyOptions): Record<string, string> {
  return options.dryRun ? { dryRun: 'All' } : {};
}

async function typeOf(cluster: Cluster, { apiVersion, kind }: KubeObject): Promise<ResourceType> {
  const type = await cluster.discovery.find(apiVersion, kind);
  if (type === undefined) throw new Error(`the server could not find the requested resource, ${apiVersion} ${kind}`);
  return type;
}

async function pathOf(cluster: Cluster, object: KubeObject): Promise<string> {
  return objectPath(await typeOf(cluster, object), namespaceOf(object), nameOf(object));
}

async function orAbsent(answer: Promise<Json>): Promise<Json | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) return undefined;
    throw error;
  }
}
