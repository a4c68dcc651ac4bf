import type { ObjectRef } from '../desired-state/object-ref.ts';

/** What only churns, is derived from what is watched anyway, or holds secrets. A look at every kind leaves it out; whoever names such a kind gets it. */
const unwatched: ReadonlySet<string> = new Set([
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

export function isUnwatched({ group, kind }: Pick<ObjectRef, 'group' | 'kind'>): boolean {
  return unwatched.has(`${group}/${kind}`);
}
