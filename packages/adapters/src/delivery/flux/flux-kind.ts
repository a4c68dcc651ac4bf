/** A kind of Flux's, as the Kubernetes API serves it. */
export interface FluxKind {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

const source = { group: 'source.toolkit.fluxcd.io', version: 'v1' };

export const kustomizations: FluxKind = {
  kind: 'Kustomization',
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  plural: 'kustomizations',
};
export const helmReleases: FluxKind = { kind: 'HelmRelease', group: 'helm.toolkit.fluxcd.io', version: 'v2', plural: 'helmreleases' };
export const imageAutomations: FluxKind = {
  kind: 'ImageUpdateAutomation',
  group: 'image.toolkit.fluxcd.io',
  version: 'v1',
  plural: 'imageupdateautomations',
};

export const gitRepositories: FluxKind = { ...source, kind: 'GitRepository', plural: 'gitrepositories' };

const sources: readonly FluxKind[] = [
  gitRepositories,
  { ...source, kind: 'OCIRepository', plural: 'ocirepositories' },
  { ...source, kind: 'Bucket', plural: 'buckets' },
  { ...source, kind: 'ExternalArtifact', plural: 'externalartifacts' },
];

/** Of the kinds that a Kustomization may read. */
export function sourceKind(kind: string): FluxKind | undefined {
  return sources.find((known) => known.kind === kind);
}

export function collectionPath({ group, version, plural }: FluxKind, namespace: string): string {
  return `/apis/${group}/${version}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
