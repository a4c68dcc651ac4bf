import type { JsonObject } from '../../document/json.ts';
import { objectKey, objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

/** Groups that serve the same object under another name. */
const movedGroups: Readonly<Record<string, string>> = {
  'extensions/Ingress': 'networking.k8s.io',
  'extensions/NetworkPolicy': 'networking.k8s.io',
  'extensions/Deployment': 'apps',
  'extensions/DaemonSet': 'apps',
  'extensions/ReplicaSet': 'apps',
};

/** One object, rendered twice: which of the two is applied last, nobody can tell. */
export function judgeDuplicates(objects: readonly JsonObject[]): readonly ObjectFault[] {
  const seen = new Map<string, string>();
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    if (ref.name === '') return [];
    const key = objectKey({ ...ref, group: movedGroups[`${ref.group}/${ref.kind}`] ?? ref.group });
    const apiVersion = ref.group === '' ? ref.version : `${ref.group}/${ref.version}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, apiVersion);
      return [];
    }
    const as = first === apiVersion ? '' : `, as ${first} and as ${apiVersion}`;
    const message = `${objectName(ref)} is there twice${as}: which of them ends up in the cluster is left to chance`;
    return [{ rule: 'object-duplicate', object: ref, path: ['metadata', 'name'], message, fix: 'keep one of them' }];
  });
}
