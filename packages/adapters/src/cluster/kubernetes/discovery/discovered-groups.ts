import type { CoverageGap } from '@fairlead/domain';
import type { ServedKind } from '@fairlead/engine';

/** A kind as one version of its group serves it. */
type DiscoveredKind = Omit<ServedKind, 'group' | 'version' | 'custom'>;

export interface Discovered {
  readonly kinds: readonly ServedKind[];
  readonly gaps: readonly CoverageGap[];
}

export interface DiscoveredGroup {
  readonly group: string;
  /** The preferred one first. Of a `broken` one only the reason is known. */
  readonly versions: readonly DiscoveredVersion[];
}

export type DiscoveredVersion =
  { readonly version: string; readonly kinds: readonly DiscoveredKind[] } | { readonly version: string; readonly broken: string };

/** Groups of Kubernetes itself and of the usual extension API servers; all others come from CustomResourceDefinitions. */
const builtIn = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'custom.metrics.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'external.metrics.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'packages.operators.coreos.com',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Each kind in the most preferred version that serves it. */
export function kindsOfGroup({ group, versions }: DiscoveredGroup): readonly ServedKind[] {
  const found = new Map<string, ServedKind>();
  for (const served of versions) {
    if ('broken' in served) continue;
    for (const kind of served.kinds) {
      if (found.has(kind.resource)) continue;
      found.set(kind.resource, { ...kind, group, version: served.version, custom: !builtIn.has(group) });
    }
  }
  return [...found.values()];
}

export function gapsOfGroup({ group, versions }: DiscoveredGroup, since: string): readonly CoverageGap[] {
  return versions.flatMap((served) =>
    'broken' in served ? [{ group, version: served.version, kind: '*', reason: served.broken, since }] : [],
  );
}
