import { isDeepStrictEqual } from 'node:util';

import { isJsonObject, without, type Json, type JsonObject } from '../../json/json.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { subjectOf } from '../apply/change-set.ts';
import { hasDrifted } from '../apply/has-drifted.ts';
import { hasFlag } from '../apply/metadata-flag.ts';
import { readLive, serverSideApply, type TargetCluster } from '../apply/target-cluster.ts';
import { helmGroup } from './helm-release.ts';

/** A released object that is no longer as released. */
export interface Drifted {
  readonly object: KubeObject;
  readonly summary: string;
}

/** Compares the manifest of a release with the cluster by a dry run. Only what the release declares counts. */
export async function findDrift(cluster: TargetCluster, objects: readonly KubeObject[]): Promise<readonly Drifted[]> {
  const found: Drifted[] = [];
  for (const object of objects) {
    const live = await readLive(cluster, object);
    const isOut = [object, live].some((either) => hasFlag(either, `${helmGroup}/driftDetection`, ['disabled']));
    if (isOut) continue;
    if (live === undefined) {
      found.push({ object, summary: `${subjectOf(object)} removed` });
      continue;
    }
    const applied = await serverSideApply(cluster, object, true);
    if (isKubeObject(applied) && hasDrifted(live, applied))
      found.push({ object, summary: `${subjectOf(object)} changed (${counted(live, applied)})` });
  }
  return found;
}

function counted(live: KubeObject, applied: KubeObject): string {
  const count = countChanges(without(live, 'status'), without(applied, 'status'));
  return `${String(count.added)} additions, ${String(count.changed)} changes, ${String(count.removed)} removals`;
}

interface Count {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const bookkeeping = ['managedFields', 'resourceVersion', 'generation', 'creationTimestamp', 'uid'];

/** Paths that correcting would add, change and remove; a list counts as one value. */
function countChanges(live: JsonObject, applied: JsonObject): Count {
  const keys = new Set([...Object.keys(live), ...Object.keys(applied)].filter((key) => !bookkeeping.includes(key)));
  return [...keys].reduce<Count>((total, key) => plus(total, countAt(live[key], applied[key])), { added: 0, changed: 0, removed: 0 });
}

function countAt(before: Json | undefined, after: Json | undefined): Count {
  if (isDeepStrictEqual(before, after)) return { added: 0, changed: 0, removed: 0 };
  if (isJsonObject(before) && isJsonObject(after)) return countChanges(before, after);
  return {
    added: before === undefined ? 1 : 0,
    changed: before !== undefined && after !== undefined ? 1 : 0,
    removed: after === undefined ? 1 : 0,
  };
}

function plus(left: Count, right: Count): Count {
  return { added: left.added + right.added, changed: left.changed + right.changed, removed: left.removed + right.removed };
}
