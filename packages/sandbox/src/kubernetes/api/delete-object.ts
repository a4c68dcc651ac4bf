import type { JsonObject } from '../json/json.ts';
import { listAt, numberAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { kindName } from '../resources/resource-type.ts';
import { timestamp, type Cluster, type Target } from './cluster.ts';
import { conflict, forbidden, resourceDetails, StatusError } from './status-error.ts';
import { readObject } from './stored-object.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface Deletion {
  readonly target: Target;
  readonly propagation?: Propagation;
  readonly gracePeriodSeconds?: number;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly dryRun?: boolean;
}

/** `marked`: it stays until its finalizers are gone or its grace is over. */
export interface Deleted {
  readonly kind: 'removed' | 'marked';
  readonly object: KubeObject;
}

export function deleteObject(cluster: Cluster, deletion: Deletion): Deleted {
  const { target } = deletion;
  const { type } = target;
  const current = readObject(cluster, target);
  requirePreconditions(deletion, current);
  if (type.id === 'namespaces.' && protectedNamespaces.includes(target.name)) {
    throw forbidden(type, target.name, 'this namespace may not be deleted');
  }

  const graceSeconds = graceOf(deletion, current);
  const finalizers = finalizersFor(deletion, current);
  const held = finalizers.length > 0 || graceSeconds > 0 || listAt(current, 'spec', 'finalizers').length > 0;
  if (!held) {
    return { kind: 'removed', object: deletion.dryRun === true ? current : cluster.store.remove(type.id, current) };
  }
  const marked = mark(cluster, current, { finalizers, graceSeconds });
  const unchanged = current.metadata.deletionTimestamp !== undefined && marked === current;
  return { kind: 'marked', object: deletion.dryRun === true || unchanged ? marked : cluster.store.put(type.id, marked) };
}

const protectedNamespaces = ['default', 'kube-system', 'kube-public'];

function requirePreconditions({ target: { type, name }, uid, resourceVersion }: Deletion, { metadata }: KubeObject): void {
  if (uid !== undefined && uid !== metadata.uid) {
    const because = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). `;
    const message = `Operation cannot be fulfilled on ${kindName(type)} "${name}": ${because}The object might have been deleted and then recreated`;
    throw new StatusError('Conflict', message, { ...resourceDetails(type, name), kind: type.kind });
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const said = `ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`;
    throw conflict(type, name, `Precondition failed: ${said}`);
  }
}

const defaultGraceSeconds = 30;

/** Only a pod that runs somewhere has something to end. */
function graceOf({ target, gracePeriodSeconds }: Deletion, pod: KubeObject): number {
  if (target.type.id !== 'pods.' || textAt(pod, 'spec', 'nodeName') === undefined) return 0;
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  return gracePeriodSeconds ?? numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? defaultGraceSeconds;
}

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

function finalizersFor({ target, propagation }: Deletion, { metadata }: KubeObject): readonly string[] {
  const own = metadata.finalizers ?? [];
  const chosen = propagation ?? (own.includes(orphan) || own.includes(foreground) ? undefined : defaultPropagation(target));
  if (chosen === undefined) return own;
  const others = own.filter((finalizer) => finalizer !== foreground && finalizer !== orphan);
  const cleanup = target.type.id === 'customresourcedefinitions.apiextensions.k8s.io' ? ['customresourcecleanup.apiextensions.k8s.io'] : [];
  const added = chosen === 'Foreground' ? [foreground] : chosen === 'Orphan' ? [orphan] : [];
  return [...new Set([...others, ...cleanup, ...added])];
}

/** Jobs came before cascading deletion and keep to their old way. */
function defaultPropagation({ type }: Target): Propagation {
  return type.id === 'jobs.batch' ? 'Orphan' : 'Background';
}

interface Mark {
  readonly finalizers: readonly string[];
  readonly graceSeconds: number;
}

function mark({ clock }: Cluster, object: KubeObject, { finalizers, graceSeconds }: Mark): KubeObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers: before = [] } = object.metadata;
  const known = deletionTimestamp !== undefined && deletionGracePeriodSeconds === graceSeconds;
  if (known && finalizers.length === before.length) return object;
  const ending = timestamp({ now: () => new Date(clock.now().getTime() + graceSeconds * 1000) });
  const metadata = {
    ...object.metadata,
    ...nextGeneration(object),
    deletionTimestamp: ending,
    ...(finalizers.length > 0 && { finalizers }),
  };
  return object.kind === 'Namespace'
    ? { ...object, metadata, status: { phase: 'Terminating' } }
    : { ...object, metadata: { ...metadata, deletionGracePeriodSeconds: graceSeconds } };
}

/** Being deleted is a change of what is wanted, counted once. */
function nextGeneration({ metadata: { generation, deletionTimestamp } }: KubeObject): { readonly generation?: number } {
  if (generation === undefined) return {};
  return { generation: deletionTimestamp === undefined ? generation + 1 : generation };
}

/** What the API answers to a deletion that is done. */
export function deletedStatus({ type, name }: Target, { metadata }: KubeObject): JsonObject {
  const details = { name, ...(type.group !== '' && { group: type.group }), kind: type.plural, uid: metadata.uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
