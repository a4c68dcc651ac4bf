import { compact, listAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { groupOf, nameOf, namespaceOf, versionOf, type KubeObject } from '../../kube/kube-object.ts';

/** `status.inventory`: what was applied, by `<namespace>_<name>_<group>_<kind>`. A colon in a name is written `__`. */
export function inventoryOf(objects: readonly KubeObject[]): JsonObject {
  return { entries: objects.map((object) => ({ id: inventoryId(object), v: versionOf(object.apiVersion) })) };
}

export function inventoryId(object: KubeObject): string {
  return [namespaceOf(object), nameOf(object).replaceAll(':', '__'), groupOf(object.apiVersion), object.kind].join('_');
}

/** The objects of an inventory, as far as it names them. */
export function inventoryObjects(inventory: Json | undefined): readonly KubeObject[] {
  return listAt(inventory, 'entries').flatMap((entry) => parseEntry(textAt(entry, 'id') ?? '', textAt(entry, 'v') ?? ''));
}

function parseEntry(id: string, version: string): readonly KubeObject[] {
  const [, namespace = '', name = '', group = '', kind = ''] = /^([^_]*)_(.*)_([^_]*)_([^_]*)$/.exec(id) ?? [];
  if (kind === '') return [];
  const metadata = compact({ name: name.replaceAll('__', ':'), namespace: namespace === '' ? undefined : namespace });
  return [{ apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata }];
}

/** What the one holds and the other doesn't. */
export function missingFrom(before: readonly KubeObject[], after: readonly KubeObject[]): readonly KubeObject[] {
  const kept = new Set(after.map(inventoryId));
  return before.filter((object) => !kept.has(inventoryId(object)));
}
