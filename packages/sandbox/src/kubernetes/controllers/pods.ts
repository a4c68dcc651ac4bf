import type { JsonObject } from '../json/json.ts';
import { objectAt, textAt, without } from '../json/json-path.ts';
import { controllerReference, type KubeObject } from '../resources/kube-object.ts';
import { findCondition } from './conditions.ts';

export function isTerminating(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

export function isReady(pod: KubeObject): boolean {
  return textAt(findCondition(pod, 'Ready'), 'status') === 'True';
}

/** Counts for its workload: neither finished nor on its way out. */
export function isActive(pod: KubeObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return !isTerminating(pod) && phase !== 'Succeeded' && phase !== 'Failed';
}

export interface NewPod {
  readonly owner: KubeObject;
  readonly template: JsonObject;
  /** `name`, or `generateName` for one that the server ends. */
  readonly naming: JsonObject;
  readonly labels?: Readonly<Record<string, string>>;
}

export function podFrom({ owner, template, naming, labels = {} }: NewPod): JsonObject {
  const metadata = objectAt(template, 'metadata');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...without(metadata, 'creationTimestamp', 'name', 'namespace'),
      ...naming,
      ...(owner.metadata.namespace !== undefined && { namespace: owner.metadata.namespace }),
      labels: { ...objectAt(metadata, 'labels'), ...labels },
      ownerReferences: [controllerReference(owner)],
    },
    spec: objectAt(template, 'spec'),
  };
}
