import { objectPath, type ResourceType } from '../../kube/discovery.ts';
import { KubeApiError } from '../../kube/kube-client.ts';
import { annotationOf, isKubeObject, nameOf, namespaceOf, uidOf, writeOrder, type KubeObject } from '../../kube/kube-object.ts';
import { watchKind } from '../../kube/watch-kind.ts';
import { requestAnnotation, StatusDraft } from '../object/status-draft.ts';
import { type FluxContext } from './flux-context.ts';
import { done, ObjectWorker, type Outcome } from './object-worker.ts';

export interface KindOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** As which status and finalizers are written. */
  readonly fieldManager: string;
  readonly reconcile: (draft: StatusDraft) => Promise<Outcome>;
  /** Hears of every state of every object, once. */
  readonly onChange?: (object: KubeObject, before: KubeObject | undefined) => void;
}

/** All objects of one kind, each with a worker. */
export interface KindController {
  readonly objects: () => readonly KubeObject[];
  readonly wake: (object: KubeObject) => void;
  /** Settles when the workers have stopped, which the context's signal makes them do. */
  readonly ended: () => Promise<void>;
}

/** Reconciles an object when it appears, when its generation changes, and when somebody asks by annotation: never because of what is live. */
export async function controlKind(context: FluxContext, options: KindOptions): Promise<KindController> {
  const { client, signal, pace, now } = context;
  const type = await requiredType(context, options);
  const known = new Map<string, KubeObject>();
  const workers = new Map<string, ObjectWorker>();
  const all = new Set<ObjectWorker>();

  const reconcile = async (path: string): Promise<Outcome> => {
    const object = await client.send({ verb: 'GET', path }).catch(orAbsent);
    if (!isKubeObject(object)) return done;
    return options.reconcile(new StatusDraft(object, { client, path, fieldManager: options.fieldManager, now }));
  };
  const put = (object: KubeObject): void => {
    const id = keyOf(object);
    const before = known.get(id);
    if (before !== undefined && uidOf(before) === uidOf(object) && writeOrder(before) >= writeOrder(object)) return;
    known.set(id, object);
    const worker = workers.get(id);
    if (worker === undefined) {
      const path = objectPath(type, namespaceOf(object), nameOf(object));
      const started = new ObjectWorker(() => reconcile(path), pace.pollMs);
      workers.set(id, started);
      all.add(started);
    } else if (isCauseToReconcile(object, before)) worker.wake();
    options.onChange?.(object, before);
  };
  const remove = (object: KubeObject): void => {
    const id = keyOf(object);
    known.delete(id);
    workers.get(id)?.stop();
    workers.delete(id);
  };
  const onList = (listed: readonly KubeObject[]): void => {
    const present = new Set(listed.map(keyOf));
    [...known.values()].filter((object) => !present.has(keyOf(object))).forEach(remove);
    listed.forEach(put);
  };
  await watchKind({ client, type, signal, sink: { onList, onChange: put, onDelete: remove } });
  signal.addEventListener('abort', () => {
    for (const worker of all) worker.stop();
  });
  return {
    objects: () => [...known.values()],
    wake: (object) => workers.get(keyOf(object))?.wake(),
    ended: async () => {
      await Promise.all([...all].map(({ ended }) => ended));
    },
  };
}

function keyOf(object: KubeObject): string {
  return `${namespaceOf(object)}/${nameOf(object)}`;
}

function isCauseToReconcile(object: KubeObject, before: KubeObject | undefined): boolean {
  if (before === undefined || uidOf(before) !== uidOf(object)) return true;
  const isNewer = before.metadata['generation'] !== object.metadata['generation'];
  return isNewer || annotationOf(before, requestAnnotation) !== annotationOf(object, requestAnnotation);
}

function orAbsent(error: unknown): undefined {
  if (error instanceof KubeApiError && error.status === 404) return undefined;
  throw error;
}

async function requiredType({ discovery }: FluxContext, { apiVersion, kind }: KindOptions): Promise<ResourceType> {
  const type = await discovery.find(apiVersion, kind);
  if (type === undefined) throw new Error(`the cluster has no ${apiVersion} ${kind}: install the definitions of Flux first`);
  return type;
}
