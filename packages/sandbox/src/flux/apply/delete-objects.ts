import { objectAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { subjectOf, type Change } from './change-set.ts';
import { inApplyOrder } from './kind-order.ts';
import { hasFlag } from './metadata-flag.ts';
import { deleteLive, ownerLabels, readLive, type TargetCluster } from './target-cluster.ts';

export interface Deleted {
  readonly changes: readonly Change[];
  /** Those that the server didn't let go, and what it said. */
  readonly failed: readonly { readonly object: KubeObject; readonly message: string }[];
}

/** Deletes objects that still belong to the owner and don't opt out, dependents first. */
export async function deleteObjects(cluster: TargetCluster, objects: readonly KubeObject[]): Promise<Deleted> {
  const changes: Change[] = [];
  const failed: { object: KubeObject; message: string }[] = [];
  for (const object of objects.toSorted(inApplyOrder).reverse()) {
    try {
      changes.push({ object, action: await deleteObject(cluster, object) });
    } catch (error) {
      failed.push({ object, message: `${subjectOf(object)} delete failed: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return { changes, failed };
}

async function deleteObject(cluster: TargetCluster, object: KubeObject): Promise<'deleted' | 'skipped'> {
  const live = await readLive(cluster, object);
  if (live === undefined) return 'deleted';
  if (!isOwned(cluster, live) || isKept(cluster, live)) return 'skipped';
  await deleteLive(cluster, live);
  return 'deleted';
}

function isOwned({ owner }: TargetCluster, live: KubeObject): boolean {
  const labels = objectAt(live.metadata, 'labels');
  return Object.entries(ownerLabels(owner)).every(([key, value]) => labels[key] === value);
}

function isKept({ owner: { group } }: TargetCluster, live: KubeObject): boolean {
  return (
    hasFlag(live, `${group}/prune`, ['disabled']) ||
    hasFlag(live, `${group}/reconcile`, ['disabled']) ||
    hasFlag(live, `${group}/ssa`, ['ignore'])
  );
}
