import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { creatorOf } from './field-owners.ts';
import { isNativeGroup } from './native-kinds.ts';
import { isMap, ownValue } from './own-value.ts';

/** What Kubernetes itself makes of its own kinds. Others make what they like, and so does what runs in a pod. */
const childrenOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Node', ['/Pod', 'coordination.k8s.io/Lease']],
  ['/ReplicationController', ['/Pod']],
  ['/Service', ['/Endpoints', 'discovery.k8s.io/EndpointSlice']],
  ['apps/DaemonSet', ['/Pod', 'apps/ControllerRevision']],
  ['apps/Deployment', ['apps/ReplicaSet']],
  ['apps/ReplicaSet', ['/Pod']],
  ['apps/StatefulSet', ['/Pod', '/PersistentVolumeClaim', 'apps/ControllerRevision']],
  ['batch/CronJob', ['batch/Job']],
  ['batch/Job', ['/Pod']],
]);

/** Whether an object is the business of what owns it. Anybody can write an owner's name on an object, so it must be one that makes such objects, or the object of
 *  somebody whom we trust. */
export function isMadeByOwner(live: JsonObject, trusted: ReadonlySet<string>): boolean {
  const owners = ownersIn(live);
  if (owners.length === 0) return false;
  const child = kindOf(live);
  return owners.some((owner) => mayMake(owner, child)) || trusted.has(creatorOf(live)?.manager ?? '');
}

function mayMake(owner: Json, child: string): boolean {
  if (!isMap(owner)) return false;
  const { group } = objectRefOf(owner);
  const isPlain = isNativeGroup(group) && isNativeGroup(child.slice(0, child.indexOf('/')));
  const made = childrenOf.get(kindOf(owner));
  return !isPlain || group === 'networking.k8s.io' || kindOf(owner) === '/Pod' || made?.includes(child) === true;
}

function kindOf(object: JsonObject): string {
  const { group, kind } = objectRefOf(object);
  return `${group}/${kind}`;
}

function ownersIn(live: JsonObject): readonly Json[] {
  const metadata = ownValue(live, 'metadata');
  const owners = isMap(metadata) ? ownValue(metadata, 'ownerReferences') : undefined;
  return isList(owners) ? owners : [];
}
