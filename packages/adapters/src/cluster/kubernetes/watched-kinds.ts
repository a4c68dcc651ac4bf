import type { ObjectScope, ServedKind } from '@fairlead/engine';

/** What only churns, is derived from what is watched anyway, or holds secrets. Whoever names such a kind gets it. */
const unwatched = new Set([
  // Values that nobody should be able to read by watching.
  '/Secret',
  // What happens, and who is alive: many writes a second, desired by nobody.
  '/Event',
  'events.k8s.io/Event',
  'coordination.k8s.io/Lease',
  'coordination.k8s.io/LeaseCandidate',
  // Derived from Services and Pods.
  '/Endpoints',
  'discovery.k8s.io/EndpointSlice',
  'cilium.io/CiliumEndpoint',
  // The past of StatefulSets and DaemonSets.
  'apps/ControllerRevision',
  // Measured, not stored.
  'metrics.k8s.io/PodMetrics',
  'storage.k8s.io/CSIStorageCapacity',
  // An index of catalogues, thousands of large objects in every namespace.
  'packages.operators.coreos.com/PackageManifest',
  // Written by scanners after each change of what they look at.
  'wgpolicyk8s.io/PolicyReport',
  'openreports.io/Report',
  'reports.kyverno.io/EphemeralReport',
  'aquasecurity.github.io/VulnerabilityReport',
  'aquasecurity.github.io/ConfigAuditReport',
  'aquasecurity.github.io/ExposedSecretReport',
  'aquasecurity.github.io/RbacAssessmentReport',
  'aquasecurity.github.io/SbomReport',
]);

export function kindKey({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return `${group}/${kind}`;
}

export interface SelectedKinds {
  readonly kinds: readonly ServedKind[];
  /** Named, and not served. */
  readonly unserved: readonly { readonly group: string; readonly kind: string }[];
}

/** Those of the served kinds that a scope is about. `verbs`: what must be possible to look at one. */
export function selectKinds(scope: Pick<ObjectScope, 'kinds'>, served: readonly ServedKind[], verbs: readonly string[]): SelectedKinds {
  const possible = served.filter((kind) => verbs.every((verb) => kind.verbs.includes(verb)));
  if (scope.kinds === undefined) {
    return { kinds: possible.filter((kind) => kind.namespaced && !unwatched.has(kindKey(kind))), unserved: [] };
  }
  const named = new Set(scope.kinds.map(kindKey));
  const known = new Set(possible.map(kindKey));
  return {
    kinds: possible.filter((kind) => named.has(kindKey(kind))),
    unserved: scope.kinds.filter((kind) => !known.has(kindKey(kind))),
  };
}
