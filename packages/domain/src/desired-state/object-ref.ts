import { z } from 'zod';

/** Which Kubernetes object, version apart. `namespace` is absent for cluster-scoped kinds, `group` is `''` for core. */
export const ObjectRef = z
  .object({ group: z.string(), version: z.string(), kind: z.string(), namespace: z.string().exactOptional(), name: z.string() })
  .readonly();
export type ObjectRef = z.infer<typeof ObjectRef>;

/** The identity that pairs desired with live: group, kind, namespace and name, not the version. */
export function objectKey({ group, kind, namespace, name }: Omit<ObjectRef, 'version'>): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}

/** For people: `Deployment pc-prod/api`. */
export function objectName({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
