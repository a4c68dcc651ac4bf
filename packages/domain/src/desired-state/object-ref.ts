/** Which Kubernetes object, version apart. `namespace` is absent for cluster-scoped kinds, `group` is `''` for core. */
export interface ObjectRef {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The identity that pairs desired with live: group, kind, namespace and name, not the version. */
export function objectKey({ group, kind, namespace, name }: Omit<ObjectRef, 'version'>): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}
