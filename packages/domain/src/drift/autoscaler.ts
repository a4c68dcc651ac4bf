import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { FieldOwner } from './field-owners.ts';
import { isMap, ownValue } from './own-value.ts';

/** What may set the replicas of which object, and between which bounds. */
export interface Autoscaler {
  /** By `objectKey`. */
  readonly target: string;
  readonly min: number;
  readonly max: number;
}

/** Of HorizontalPodAutoscalers and KEDA's ScaledObjects. */
export function autoscalersOf(objects: readonly JsonObject[]): readonly Autoscaler[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    const fields = boundsOf(ref);
    if (fields === undefined) return [];
    const spec = mapAt(object, 'spec');
    const target = targetOf(ref, mapAt(spec, 'scaleTargetRef'));
    return [{ target, min: numberAt(spec, fields.min) ?? fields.least, max: numberAt(spec, fields.max) ?? fields.most }];
  });
}

function boundsOf({ group, kind }: ObjectRef) {
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler')
    return { min: 'minReplicas', max: 'maxReplicas', least: 1, most: Infinity };
  if (group === 'keda.sh' && kind === 'ScaledObject') return { min: 'minReplicaCount', max: 'maxReplicaCount', least: 0, most: 100 };
  return undefined;
}

function targetOf(autoscaler: ObjectRef, target: JsonObject): string {
  const { group } = objectRefOf({ apiVersion: target['apiVersion'] ?? 'apps/v1' });
  const { kind, name } = objectRefOf({ kind: target['kind'] ?? 'Deployment', metadata: { name: target['name'] ?? '' } });
  const { namespace } = autoscaler;
  return objectKey({ group, kind, name, ...(namespace === undefined ? {} : { namespace }) });
}

/** A name is only what a client calls itself, so the bounds must hold too; and within them it counts for nothing that no name is left, as of a default that was scaled. */
export function isScaledBy(autoscaler: Autoscaler | undefined, replicas: Json | undefined, writer: FieldOwner | undefined): boolean {
  if (autoscaler === undefined || typeof replicas !== 'number') return false;
  return (writer === undefined || isAutoscaler(writer)) && replicas >= autoscaler.min && replicas <= autoscaler.max;
}

/** The autoscaler is a part of the controller manager and has its name, but for where it was given one of its own. */
const autoscalers = new Set(['horizontal-pod-autoscaler', 'keda', 'keda-operator']);
const controllerManagers = new Set(['kube-controller-manager', 'k3s', 'kubelite']);

function isAutoscaler({ manager, subresource }: FieldOwner): boolean {
  return autoscalers.has(manager) || (subresource === 'scale' && controllerManagers.has(manager));
}

function mapAt(map: JsonObject, key: string): JsonObject {
  const value = ownValue(map, key);
  return isMap(value) ? value : {};
}

function numberAt(map: JsonObject, key: string): number | undefined {
  const value = ownValue(map, key);
  return typeof value === 'number' ? value : undefined;
}
