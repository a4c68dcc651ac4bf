import { at, isJsonObject, listAt, objectAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The JSON patch that makes the fields of kubectl's managers the controller's own, so that its next apply takes back what they set.
 * Empty when there is nothing to claim. Fields of any other manager are left alone, and so stay.
 */
export function claimFields(live: KubeObject, manager: string): readonly JsonObject[] {
  const entries = listAt(live.metadata, 'managedFields');
  const isTaken = (entry: Json): boolean => at(entry, 'subresource') === undefined && isForeign(entry, manager);
  const taken = entries.filter(isTaken);
  const operations: JsonObject[] = [];
  if (annotationOf(live, lastApplied) !== undefined) {
    operations.push({ op: 'remove', path: `/metadata/annotations/${lastApplied.replaceAll('/', '~1')}` });
  }
  if (taken.length > 0) {
    const isOwn = (entry: Json): boolean => textAt(entry, 'manager') === manager && textAt(entry, 'operation') === 'Apply';
    const [heir = {}] = [...entries.filter(isOwn), ...taken];
    const fieldsV1 = [...entries.filter(isOwn), ...taken].map((entry) => objectAt(entry, 'fieldsV1')).reduce(union, {});
    const kept = entries.filter((entry) => !isTaken(entry) && !isOwn(entry));
    const claimed = { ...objectAt({ heir }, 'heir'), manager, operation: 'Apply', fieldsV1 };
    operations.push({ op: 'replace', path: '/metadata/managedFields', value: [...kept, claimed] });
  }
  return operations;
}

function isForeign(entry: Json, manager: string): boolean {
  const name = textAt(entry, 'manager') ?? '';
  if (name.startsWith('kubectl')) return true;
  return textAt(entry, 'operation') === 'Update' && (name.startsWith('before-first-apply') || name.startsWith(manager));
}

function union(left: JsonObject, right: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const present = merged[key];
    merged[key] = isJsonObject(present) && isJsonObject(value) ? union(present, value) : value;
  }
  return merged;
}
