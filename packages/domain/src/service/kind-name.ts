import { z } from 'zod';

/** A kind as `kubectl` names it: `Namespace`, or with its group `ClusterRole.rbac.authorization.k8s.io`. */
export const KindName = z
  .string()
  .regex(
    /^[A-Z][A-Za-z0-9]{0,62}(?:\.[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)?$/,
    'expected a kind, such as Namespace or ClusterRole.rbac.authorization.k8s.io',
  )
  .brand<'KindName'>();
export type KindName = z.infer<typeof KindName>;

export function kindName({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return group === '' ? kind : `${kind}.${group}`;
}
