import { at, listAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { tidyPath } from '../../source/tidy-path.ts';
import { applyObjects } from '../apply/apply-objects.ts';
import { changeLog, type Change } from '../apply/change-set.ts';
import { deleteObjects } from '../apply/delete-objects.ts';
import { readLive } from '../apply/target-cluster.ts';
import { awaitHealth } from '../health/await-health.ts';
import { buildKustomization, type Built } from './build.ts';
import { checkHealth } from './check-health.ts';
import { DeliveryError, progress, type Delivery } from './delivery.ts';
import { withReconciled } from './history.ts';
import { inventoryId, inventoryObjects, inventoryOf, missingFrom } from './inventory.ts';
import { recordFor } from './kustomize-events.ts';
import { kustomizeTarget } from './kustomize-target.ts';

/** Builds, applies, prunes and awaits one revision, and writes the status before each of these steps. Throws `DeliveryError`. */
export async function deliverRevision(delivery: Delivery): Promise<void> {
  const { draft, artifact, context } = delivery;
  const startedAt = performance.now();
  draft.mark({ type: 'Ready', status: 'Unknown', reason: 'Progressing', message: 'Reconciliation in progress' });
  await progress(delivery, 'Fetching manifests');
  const path = await requirePath(delivery);

  draft.set('lastAttemptedRevision', artifact.revision);
  await progress(delivery, 'Building manifests');
  const built = await attempt('BuildFailed', () => buildKustomization(context, draft.object, { files: delivery.files, path }));

  await progress(delivery, 'Detecting drift');
  try {
    const changes = await attempt('ReconciliationFailed', () => apply(delivery, built));
    await prune(delivery, changes);
    await checkHealth(delivery, changes);
  } catch (error) {
    if (error instanceof DeliveryError) recordHistory(delivery, { built, startedAt, status: error.reason });
    throw error;
  }

  draft.set('lastAppliedRevision', artifact.revision);
  draft.set('lastAppliedOriginRevision', artifact.originRevision);
  const message = `Applied revision: ${artifact.revision}`;
  draft.mark({ type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', message });
  recordHistory(delivery, { built, startedAt, status: 'ReconciliationSucceeded' });
}

async function attempt<T>(reason: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new DeliveryError(reason, error instanceof Error ? error.message : String(error), error);
  }
}

async function requirePath({ draft, files }: Delivery): Promise<string> {
  const path = tidyPath(textAt(draft.object, 'spec', 'path') ?? '');
  if ((await files.look(path)).kind !== 'absent') return path;
  // The real controller unpacks into a folder of its own for each reconciliation.
  const stat = `stat /tmp/kustomization-sandbox/${path}: no such file or directory`;
  throw new DeliveryError('ArtifactFailed', `kustomization path not found: ${stat}`);
}

async function apply(delivery: Delivery, built: Built): Promise<readonly Change[]> {
  const { context, draft } = delivery;
  const { pace, signal } = context;
  const target = kustomizeTarget(delivery.context, delivery.draft.object);
  const read = (object: KubeObject): Promise<KubeObject | undefined> => readLive(target, object);
  const settle = async (stage: readonly Change[]): Promise<void> => {
    const objects = stage.filter(({ action }) => action !== 'skipped').map(({ object }) => object);
    await awaitHealth({ objects, read, pollMs: pace.pollMs, timeoutMs: 60_000, signal });
  };
  const force = at(draft.object, 'spec', 'force') === true;
  const changes = await applyObjects(target, built.objects, { force, pollMs: pace.pollMs, signal, settle });
  const log = changeLog(changes);
  if (log !== '') recordFor(delivery, 'Normal', log);
  return changes;
}

async function prune(delivery: Delivery, changes: readonly Change[]): Promise<void> {
  const { draft } = delivery;
  const applied = changes.map(({ object }) => object);
  const stale = missingFrom(inventoryObjects(draft.field('inventory')), applied);
  draft.set('inventory', inventoryOf(applied));
  if (at(draft.object, 'spec', 'prune') !== true || stale.length === 0) return;
  const { changes: deleted, failed } = await deleteObjects(kustomizeTarget(delivery.context, delivery.draft.object), stale);
  if (failed.length === 0) {
    recordFor(delivery, 'Normal', deleted.map(({ object, action }) => `${inventoryId(object)} ${action}`).join('\n'));
    return;
  }
  // What the server didn't let go stays tracked, so that the next reconciliation tries again.
  draft.set('inventory', inventoryOf([...applied, ...failed.map(({ object }) => object)]));
  throw new DeliveryError('PruneFailed', `delete failed, errors: ${failed.map(({ message }) => `${message};`).join('')}`);
}

interface Ended {
  readonly built: Built;
  readonly startedAt: number;
  readonly status: string;
}

function recordHistory({ context, draft, artifact }: Delivery, { built, startedAt, status }: Ended): void {
  const { revision, originRevision } = artifact;
  const metadata = { revision, ...(originRevision !== undefined && { originRevision }) };
  const reconciled = { digest: built.digest, status, now: context.now(), durationMs: performance.now() - startedAt, metadata };
  draft.set('history', withReconciled(listAt({ history: draft.field('history') ?? [] }, 'history'), reconciled));
}
