/** Where in an object a field is, as far as that matters: its own metadata, that of something inside it, or anything else. */
export type FieldPlace = 'root' | 'object-metadata' | 'object-labels' | 'object-annotations' | 'metadata' | 'body';

export function placeOf(parent: FieldPlace, field: string): FieldPlace {
  switch (parent) {
    case 'root':
      return field === 'metadata' ? 'object-metadata' : 'body';
    case 'object-metadata':
      if (field === 'labels') return 'object-labels';
      return field === 'annotations' ? 'object-annotations' : 'metadata';
    case 'object-labels':
    case 'object-annotations':
    case 'metadata':
      return 'metadata';
    case 'body':
      return field === 'metadata' ? 'metadata' : 'body';
  }
}

/** What the API server writes itself, and what Argo CD and Flux stamp on all that they apply. */
const skipped = {
  root: ['apiVersion', 'kind', 'status'],
  'object-metadata': [
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'managedFields',
    'selfLink',
    'generateName',
    'deletionGracePeriodSeconds',
  ],
  'object-labels': [
    'kustomize.toolkit.fluxcd.io/name',
    'kustomize.toolkit.fluxcd.io/namespace',
    'helm.toolkit.fluxcd.io/name',
    'helm.toolkit.fluxcd.io/namespace',
  ],
  'object-annotations': [
    'argocd.argoproj.io/tracking-id',
    'argocd.argoproj.io/installation-id',
    'kubectl.kubernetes.io/last-applied-configuration',
  ],
  metadata: ['creationTimestamp'],
  body: [],
} as const satisfies Record<FieldPlace, readonly string[]>;

const skippedNames: Readonly<Record<FieldPlace, ReadonlySet<string>>> = {
  root: new Set(skipped.root),
  'object-metadata': new Set(skipped['object-metadata']),
  'object-labels': new Set(skipped['object-labels']),
  'object-annotations': new Set(skipped['object-annotations']),
  metadata: new Set(skipped.metadata),
  body: new Set(skipped.body),
};

export function isSkipped(parent: FieldPlace, field: string): boolean {
  return skippedNames[parent].has(field);
}

/** Of what the controllers stamp on objects, that by which they know them for their own. */
export function isStamp(parent: FieldPlace, field: string): boolean {
  if (parent === 'object-annotations') return field === 'argocd.argoproj.io/tracking-id';
  return parent === 'object-labels' && isSkipped(parent, field);
}
