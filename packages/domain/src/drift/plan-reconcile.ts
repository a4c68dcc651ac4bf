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
}

export type ReconcilePlan =
  { readonly kind: 'planned'; readonly how: ReconcileHow } | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** Kinds that can't be replaced as a whole: what they hold is fixed, or others live in them. */
const irreplaceable = new Set(['/PersistentVolumeClaim', '/Namespace', 'batch/Job', 'apiextensions.k8s.io/CustomResourceDefinition']);
const scaled = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet']);

/** What the controller has to do so that the object becomes what Git says. A sync leaves alone what nobody declared, so that needs more than one. */
export function planReconcile({ object, items, desired, managed }: ToReconcile): ReconcilePlan {
  if (items.some((item) => item.class === 'extra')) return managed ? { kind: 'planned', how: 'prune' } : unmanaged(object);
  if (!items.some((item) => item.class === 'added-field')) return { kind: 'planned', how: 'apply' };
  const danger = desired === undefined ? 'Git does not have it' : dangerOf(object, desired);
  return danger === undefined ? { kind: 'planned', how: 'replace' } : dangerous(object, danger);
}

function dangerOf({ group, kind }: ObjectRef, desired: JsonObject): string | undefined {
  const name = `${group}/${kind}`;
  if (irreplaceable.has(name)) return `a ${kind} can't be replaced in place`;
  const spec = ownValue(desired, 'spec');
  const counts = isMap(spec) && ownValue(spec, 'replicas') !== undefined;
  return scaled.has(name) && !counts ? 'Git says no replicas, so replacing it would leave one of them' : undefined;
}

function dangerous(object: ObjectRef, danger: string): ReconcilePlan {
  const message = `${objectName(object)} can't be replaced: ${danger}`;
  return {
    kind: 'refused',
    message,
    fix: `take the addition away by hand: kubectl edit ${kubectlName(object)}; or adopt it, or except it`,
  };
}

function unmanaged(object: ObjectRef): ReconcilePlan {
  const message = `the controller does not manage ${objectName(object)}, so it would not delete it`;
  return { kind: 'refused', message, fix: `delete it by hand: kubectl delete ${kubectlName(object)}; or declare it in Git, or except it` };
}

function kubectlName({ kind, namespace, name }: ObjectRef): string {
  return `${kind.toLowerCase()}/${name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
