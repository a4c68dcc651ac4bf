import { objectName, type ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonObject } from '../document/json.ts';
import type { ReconcileHow } from './drift-action.ts';
import type { DriftItem } from './drift-item.ts';
import { isMap, ownValue } from './own-value.ts';

/** What is known of the object that differs. */
export interface ToReconcile {
  readonly object: ObjectRef;
  /** Everything that is open of it. */
  readonly items: readonly Pick<DriftItem, 'class'>[];
  /** As Git has it at what was delivered; absent: it doesn't. */
  readonly desired?: JsonObject;
  /** The controller says that it manages the object. */
  readonly managed: boolean;
  /** The controller can be asked for one object alone. */
  readonly partial: boolean;
}

export type ReconcilePlan =
  { readonly kind: 'planned'; readonly how: ReconcileHow } | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** Kinds that can't be replaced as a whole: what they hold is fixed, or others live in them. */
const irreplaceable = new Set(['/PersistentVolumeClaim', '/Namespace', 'batch/Job', 'apiextensions.k8s.io/CustomResourceDefinition']);
const scaled = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet']);

/** What has to be done so that the object becomes what Git says. A sync leaves alone what nobody declared, so that needs more than one. */
export function planReconcile(subject: ToReconcile): ReconcilePlan {
  const { object, items, desired, managed } = subject;
  if (items.some((item) => item.class === 'extra')) return managed ? { kind: 'planned', how: 'prune' } : unmanaged(object);
  if (!items.some((item) => item.class === 'added-field')) return { kind: 'planned', how: 'apply' };
  if (desired === undefined) return undeclared(object);
  return { kind: 'planned', how: isReplaceable(subject, desired) ? 'replace' : 'remove' };
}

/** A replacement gives fields that nobody declares their defaults: one replica, where an autoscaler counts them. */
function isReplaceable({ object: { group, kind }, partial }: ToReconcile, desired: JsonObject): boolean {
  const name = `${group}/${kind}`;
  if (!partial || irreplaceable.has(name)) return false;
  const spec = ownValue(desired, 'spec');
  return !scaled.has(name) || (isMap(spec) && ownValue(spec, 'replicas') !== undefined);
}

function undeclared(object: ObjectRef): ReconcilePlan {
  const message = `what was delivered does not have ${objectName(object)}`;
  return { kind: 'refused', message, fix: `look at it, and delete it by hand: kubectl delete ${kubectlName(object)}; or except it` };
}

function unmanaged(object: ObjectRef): ReconcilePlan {
  const message = `the controller does not manage ${objectName(object)}, so it would not delete it`;
  return { kind: 'refused', message, fix: `delete it by hand: kubectl delete ${kubectlName(object)}; or declare it in Git, or except it` };
}

function kubectlName({ kind, namespace, name }: ObjectRef): string {
  return `${kind.toLowerCase()}/${name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
