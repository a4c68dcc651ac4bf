import { annotationOf, groupOf, nameOf, namespaceOf, withAnnotation, type KubeObject } from '../../kube/kube-object.ts';

const trackingAnnotation = 'argocd.argoproj.io/tracking-id';

/** The application and the identity that an object's tracking annotation names. */
export interface Tracking {
  readonly application: string;
  readonly self: boolean;
}

function trackingId(object: KubeObject, application: string, namespace: string): string {
  return `${application}:${groupOf(object.apiVersion)}/${object.kind}:${namespace}/${nameOf(object)}`;
}

/** Every declared object but a CRD carries its application; one without a namespace carries the application's. */
export function withTracking(object: KubeObject, application: string, destinationNamespace: string): KubeObject {
  if (object.kind === 'CustomResourceDefinition') return object;
  const namespace = namespaceOf(object) === '' ? destinationNamespace : namespaceOf(object);
  return withAnnotation(object, trackingAnnotation, trackingId(object, application, namespace));
}

/** `self` is false for a copy that took another object's annotation along: it is neither compared nor pruned. */
export function trackingOf(live: KubeObject): Tracking | undefined {
  const id = annotationOf(live, trackingAnnotation);
  const [application] = id?.split(':', 1) ?? [];
  if (id === undefined || application === undefined) return undefined;
  const namespace = namespaceOf(live) === '' ? (/:([^:/]*)\/[^/]*$/.exec(id)?.[1] ?? '') : namespaceOf(live);
  return { application, self: id === trackingId(live, application, namespace) };
}
