import { trackingOf } from '../application/tracking.ts';
import { keyOf, keyText, ownerUidsOf, uidOf, writeOrder, type KubeObject, type ResourceKey } from '../../kube/kube-object.ts';

export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Live objects by version and key, with their owners. An older state never replaces a newer one. */
export interface ObjectIndex {
  put(object: KubeObject): void;
  remove(object: KubeObject): void;
  /** All objects of a kind, as listed: what isn't among them is gone. */
  replaceAll(kind: KindName, listed: readonly KubeObject[]): void;
  find(apiVersion: string, key: ResourceKey): KubeObject | undefined;
  trackedBy(application: string): readonly KubeObject[];
  descendants(object: KubeObject): readonly KubeObject[];
}

/** `onChange` hears the application of every object that came, went or changed. */
export function objectIndex(onChange: (application: string) => void): ObjectIndex {
  const objects = new Map<string, KubeObject>();
  const byUid = new Map<string, KubeObject>();
  const owned = new Map<string, Set<string>>();

  const tell = (object: KubeObject): void => {
    const application = rootTracking(object, byUid);
    if (application !== undefined) onChange(application);
  };
  const put = (object: KubeObject): void => {
    const before = objects.get(storeKey(object));
    if (before !== undefined && writeOrder(before) >= writeOrder(object)) return;
    if (before !== undefined) tell(before);
    objects.set(storeKey(object), object);
    byUid.set(uidOf(object), object);
    for (const owner of ownerUidsOf(object)) owned.set(owner, (owned.get(owner) ?? new Set()).add(uidOf(object)));
    tell(object);
  };
  const remove = (object: KubeObject): void => {
    if (uidOf(objects.get(storeKey(object)) ?? object) !== uidOf(object)) return;
    tell(object);
    objects.delete(storeKey(object));
    byUid.delete(uidOf(object));
    owned.delete(uidOf(object));
  };

  return {
    put,
    remove,
    replaceAll(kind, listed) {
      const present = new Set(listed.map(storeKey));
      const gone = [...objects.values()].filter(
        (object) => object.apiVersion === kind.apiVersion && object.kind === kind.kind && !present.has(storeKey(object)),
      );
      gone.forEach(remove);
      listed.forEach(put);
    },
    find: (apiVersion, key) => objects.get(`${apiVersion} ${keyText(key)}`),
    trackedBy: (application) => uniqueByUid([...objects.values()].filter((object) => isTrackedBy(object, application))),
    descendants: (object) => descendantsOf(uidOf(object), owned, byUid),
  };
}

function storeKey(object: KubeObject): string {
  return `${object.apiVersion} ${keyText(keyOf(object))}`;
}

function isTrackedBy(object: KubeObject, application: string): boolean {
  const tracking = trackingOf(object);
  return tracking?.application === application && tracking.self && ownerUidsOf(object).length === 0;
}

/** An object seen in two versions is one. */
function uniqueByUid(objects: readonly KubeObject[]): readonly KubeObject[] {
  return [...new Map(objects.map((object) => [uidOf(object), object])).values()];
}

function descendantsOf(
  uid: string,
  owned: ReadonlyMap<string, ReadonlySet<string>>,
  byUid: ReadonlyMap<string, KubeObject>,
): readonly KubeObject[] {
  return [...(owned.get(uid) ?? [])].flatMap((child) => {
    const object = byUid.get(child);
    return object === undefined ? [] : [object, ...descendantsOf(child, owned, byUid)];
  });
}

/** The application of an object, or of the one at the root of its owners. */
function rootTracking(object: KubeObject, byUid: ReadonlyMap<string, KubeObject>): string | undefined {
  const owner = byUid.get(ownerUidsOf(object)[0] ?? '');
  return owner === undefined ? trackingOf(object)?.application : rootTracking(owner, byUid);
}
