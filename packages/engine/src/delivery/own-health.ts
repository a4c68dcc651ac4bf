import {
  FairleadError,
  healthOf,
  objectKey,
  textAt,
  type InventoryHealth,
  type JsonObject,
  type ObjectRef,
  type ObservedFlux,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';

type Ports = Pick<EnginePorts, 'cluster'>;
type Delivered = Pick<ObservedFlux, 'target' | 'destination' | 'inventory'>;

/** The health of what a controller made, from the live objects, now. What can't be looked at is said; Secrets aren't looked at. */
export async function ownHealth({ cluster: clusters }: Ports, seen: Delivered, now: Date): Promise<InventoryHealth> {
  const observedAt = now.toISOString();
  const destination = await clusters.resolveDestination(seen.target, seen.destination);
  if (destination.kind === 'unresolved') return { observedAt, objects: [], unseen: [destination.reason] };
  const wanted = seen.inventory.filter((ref) => !isLeftOut(ref));
  if (wanted.length === 0) return { observedAt, objects: [], unseen: [] };
  try {
    return { observedAt, ...(await lookAt(clusters, destination.cluster, wanted)) };
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error;
    return { observedAt, objects: [], unseen: [error.message] };
  }
}

/** No right on Secrets; what has a controller of Flux's is judged by that one's own words. */
function isLeftOut({ group, kind }: ObjectRef): boolean {
  return (group === '' && kind === 'Secret') || group === 'helm.toolkit.fluxcd.io' || group === 'kustomize.toolkit.fluxcd.io';
}

async function lookAt(
  clusters: Ports['cluster'],
  cluster: string,
  wanted: readonly ObjectRef[],
): Promise<Pick<InventoryHealth, 'objects' | 'unseen'>> {
  const named = new Map(wanted.map((ref) => [objectKey(ref), ref]));
  const found = new Map<string, InventoryHealth['objects'][number]>();
  const scope = {
    cluster,
    namespaces: [...new Set(wanted.flatMap(({ namespace }) => namespace ?? []))],
    kinds: [...new Map(wanted.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }])).values()],
  };
  const { gaps } = await clusters.listObjects(scope, ({ ref, object }) => {
    if (named.has(objectKey(ref)) && !isWaived(object)) found.set(objectKey(ref), { ref, ...healthIn(object) });
    else if (named.has(objectKey(ref))) named.delete(objectKey(ref));
  });
  const missing = [...named].filter(([key]) => !found.has(key)).map(([, ref]) => ref);
  const isGap = (ref: ObjectRef): boolean =>
    gaps.some(({ group, kind, namespace }) => group === ref.group && kind === ref.kind && (namespace ?? ref.namespace) === ref.namespace);
  return {
    objects: [...found.values(), ...missing.filter((ref) => !isGap(ref)).map((ref) => ({ ref, status: 'Missing' as const }))],
    unseen: gaps.map(({ kind, namespace, reason }) => `${kind}${namespace === undefined ? '' : ` in ${namespace}`}: ${reason}`),
  };
}

function healthIn(object: JsonObject): Omit<InventoryHealth['objects'][number], 'ref'> {
  const { status, countsAs, message } = healthOf(object);
  return { status: countsAs ?? status, ...(message === undefined ? {} : { message }) };
}

const waiving: readonly (readonly [string, string])[] = [
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'ignore'],
];

/** Somebody took it out of the controller's hands: it isn't applied, and its health isn't the target's. */
function isWaived(object: JsonObject): boolean {
  return waiving.some(([key, value]) =>
    ['annotations', 'labels'].some((place) => textAt(object, 'metadata', place, key)?.toLowerCase() === value),
  );
}
