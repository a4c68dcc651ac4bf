import type { ObjectRef } from '@fairlead/domain';

/** `<namespace>_<name>_<group>_<kind>`: cluster-scoped without a namespace, core without a group; a colon of RBAC names is `__`. Neither namespace nor kind nor
 *  group has an underscore. */
const entry = /^(?<namespace>[^_]*)_(?<name>.+)_(?<group>[^_]*)_(?<kind>[^_]+)$/;

/** The object that an entry of an inventory names, or nothing. */
export function inventoryRef({ id, v }: { readonly id: string; readonly v: string }): ObjectRef | undefined {
  const found = entry.exec(id)?.groups;
  if (found === undefined) return undefined;
  const { namespace = '', name = '', group = '', kind = '' } = found;
  return { group, version: v, kind, ...(namespace === '' ? {} : { namespace }), name: name.replaceAll('__', ':') };
}
