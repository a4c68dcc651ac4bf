import { sameJson, type Json, type JsonObject } from '../json/json.ts';
import { at, numberAt, objectAt, textAt, withAt, without } from '../json/json-path.ts';
import { controllerReference, type KubeObject } from '../resources/kube-object.ts';
import type { Client } from './client.ts';
import { templateHash } from './template-hash.ts';

export const replicaSets = 'replicasets.apps';

const revisionKey = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** A Deployment with the ReplicaSets that it controls, the one of its present template apart. */
export interface Rollout {
  readonly deployment: KubeObject;
  readonly current: KubeObject | undefined;
  /** Oldest first. */
  readonly old: readonly KubeObject[];
}

export function findRollout(client: Client, deployment: KubeObject): Rollout {
  const sets = [...client.controlled(replicaSets, deployment)].sort((left, right) => revisionOf(left) - revisionOf(right));
  const template = objectAt(deployment, 'spec', 'template');
  const current = sets.find((set) => sameJson(bareTemplate(objectAt(set, 'spec', 'template')), bareTemplate(template)));
  return { deployment, current, old: sets.filter((set) => set !== current) };
}

function bareTemplate(template: JsonObject): Json {
  const labels = without(objectAt(template, 'metadata', 'labels'), hashLabel);
  return withAt(template, ['metadata', 'labels'], labels);
}

export function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[revisionKey] ?? '0');
}

export function nextRevision({ old }: Rollout): number {
  return Math.max(0, ...old.map(revisionOf)) + 1;
}

/** What a rolling update may have more, and lack, at any time. */
export function rollingLimits(deployment: KubeObject): { readonly surge: number; readonly unavailable: number } {
  const replicas = replicasOf(deployment);
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return { surge: 0, unavailable: 0 };
  const parameters = objectAt(deployment, 'spec', 'strategy', 'rollingUpdate');
  const surge = Math.ceil(share(at(parameters, 'maxSurge'), replicas));
  const unavailable = Math.floor(share(at(parameters, 'maxUnavailable'), replicas));
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas) };
}

function share(value: Json | undefined, whole: number): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (Number.parseInt(value, 10) / 100) * whole : 0;
}

export function replicasOf(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 1;
}

export function sizeOf(sets: readonly KubeObject[]): number {
  return sets.reduce((sum, set) => sum + replicasOf(set), 0);
}

export function availableOf(set: KubeObject): number {
  return numberAt(set, 'status', 'availableReplicas') ?? 0;
}

export function newReplicaSet({ deployment }: Rollout, replicas: number): JsonObject {
  const template = objectAt(deployment, 'spec', 'template');
  const hash = templateHash(template);
  const labels = { ...objectAt(template, 'metadata', 'labels'), [hashLabel]: hash };
  const matchLabels = { ...objectAt(deployment, 'spec', 'selector', 'matchLabels'), [hashLabel]: hash };
  const { name, namespace } = deployment.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && { namespace }),
      labels,
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { ...objectAt(deployment, 'spec', 'selector'), matchLabels },
      template: withAt(template, ['metadata', 'labels'], labels),
    },
  };
}

/** What a ReplicaSet says about its Deployment, for people and for `kubectl rollout`. */
export function annotated(set: JsonObject, { deployment }: Rollout, revision: number): JsonObject {
  const notCopied = ['kubectl.kubernetes.io/last-applied-configuration', revisionKey];
  const copied = without(objectAt(deployment, 'metadata', 'annotations'), ...notCopied);
  const replicas = replicasOf(deployment);
  const annotations = {
    ...copied,
    [revisionKey]: revision.toString(),
    'deployment.kubernetes.io/desired-replicas': replicas.toString(),
    'deployment.kubernetes.io/max-replicas': (replicas + rollingLimits(deployment).surge).toString(),
  };
  return withAt(set, ['metadata', 'annotations'], { ...objectAt(set, 'metadata', 'annotations'), ...annotations });
}
