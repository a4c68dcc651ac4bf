import { at, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { pause } from '../../kube/pause.ts';
import { deleteObjects } from '../apply/delete-objects.ts';
import { readLive, type TargetCluster } from '../apply/target-cluster.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { done, type Outcome } from '../controller/object-worker.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { timeoutOf } from './flux-kustomization.ts';
import { inventoryId, inventoryObjects } from './inventory.ts';
import { recordFor } from './kustomize-events.ts';
import { kustomizeTarget } from './kustomize-target.ts';

/** Deletes what a deleted Kustomization applied, as its policy says, and lets it go. One that is suspended deletes nothing. */
export async function finalizeKustomization(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  if (!draft.hasFinalizer) return done;
  const objects = inventoryObjects(draft.field('inventory'));
  if (objects.length > 0 && shouldDelete(draft)) {
    const target = kustomizeTarget(context, draft.object);
    const { changes, failed } = await deleteObjects(target, objects);
    if (failed.length > 0) {
      recordFor({ context, draft }, 'Warning', 'pruning for deleted resource failed');
      return { kind: 'failed' };
    }
    recordFor({ context, draft }, 'Normal', changes.map(({ object, action }) => `${inventoryId(object)} ${action}`).join('\n'));
    if (policyOf(draft) === 'WaitForTermination') await awaitTermination(context, draft, { target, objects });
  }
  await draft.removeFinalizer();
  return done;
}

interface Terminating {
  readonly target: TargetCluster;
  readonly objects: readonly KubeObject[];
}

async function awaitTermination({ pace, signal }: FluxContext, draft: StatusDraft, { target, objects }: Terminating): Promise<void> {
  const deadline = performance.now() + Math.min(timeoutOf(draft.object).ms, pace.maxTimeoutMs);
  while (performance.now() < deadline && !signal.aborted) {
    const left = await Promise.all(objects.map((object) => readLive(target, object)));
    if (left.every((live) => live === undefined)) return;
    await pause(pace.pollMs, signal);
  }
}

function policyOf({ object }: StatusDraft): string {
  return textAt(object, 'spec', 'deletionPolicy') ?? 'MirrorPrune';
}

function shouldDelete(draft: StatusDraft): boolean {
  if (at(draft.object, 'spec', 'suspend') === true) return false;
  const policy = policyOf(draft);
  if (policy === 'MirrorPrune') return at(draft.object, 'spec', 'prune') === true;
  return policy === 'Delete' || policy === 'WaitForTermination';
}
