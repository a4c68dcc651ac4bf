import type { ObjectRef } from '../desired-state/object-ref.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';

/** How an Argo CD tells which objects are an Application's: `application.resourceTrackingMethod`, `installationID` and `application.instanceLabelKey` of argocd-cm. */
export interface Tracking {
  readonly method: 'annotation' | 'annotation+label' | 'label';
  /** Several Argo CDs on one cluster tell their objects apart by it. */
  readonly installationId?: string;
  readonly labelKey?: string;
}

export interface TrackedApplication {
  readonly namespace: string;
  readonly name: string;
  /** Where Argo CD itself is; Applications elsewhere carry their namespace. */
  readonly controllerNamespace: string;
}

/** Whether a live object is the Application's. A copy that took its original's annotation along is nobody's: it is neither compared nor pruned. */
export function isTrackedBy(object: JsonObject, application: TrackedApplication, tracking: Tracking): boolean {
  const metadata = (kind: 'annotations' | 'labels', name: string): string | undefined => textAt(object, 'metadata', kind, name);
  if (tracking.method === 'label') return metadata('labels', tracking.labelKey ?? 'app.kubernetes.io/instance') === application.name;
  if (metadata('annotations', 'argocd.argoproj.io/installation-id') !== tracking.installationId) return false;
  return isNamed(metadata('annotations', 'argocd.argoproj.io/tracking-id') ?? '', trackedName(application), objectRefOf(object));
}

/** `<application>:<group>/<kind>:<namespace>/<name>`; names of roles have colons. A cluster-scoped object carries its Application's destination namespace. */
function isNamed(id: string, application: string, { group, kind, namespace, name }: ObjectRef): boolean {
  const [, place = ''] = /^[^:]*:[^:]*:([^/]*)\//.exec(id) ?? [];
  return id === `${application}:${group}/${kind}:${namespace ?? place}/${name}`;
}

function trackedName({ namespace, name, controllerNamespace }: TrackedApplication): string {
  return namespace === controllerNamespace ? name : `${namespace}_${name}`;
}
