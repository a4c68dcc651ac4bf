import { formatGoDuration } from '../../kube/go-duration.ts';
import { type Change } from '../apply/change-set.ts';
import { readLive } from '../apply/target-cluster.ts';
import { awaitHealth } from '../health/await-health.ts';
import { DeliveryError, progress, stepMessage, type Delivery } from './delivery.ts';
import { awaitsHealth, namedHealthChecks, timeoutOf, waitsForAll } from './flux-kustomization.ts';
import { inventoryId } from './inventory.ts';
import { recordFor } from './kustomize-events.ts';
import { kustomizeTarget } from './kustomize-target.ts';

/** Waits for what was applied, or for what is named, where the Kustomization asks for that; else health is not assessed. */
export async function checkHealth(delivery: Delivery, changes: readonly Change[]): Promise<void> {
  const { context, draft } = delivery;
  const { object: owner } = draft;
  const applied = changes.filter(({ action }) => action !== 'skipped').map(({ object }) => object);
  const objects = waitsForAll(owner) ? applied : namedHealthChecks(owner);
  if (!awaitsHealth(owner) || objects.length === 0) {
    draft.drop('Healthy');
    return;
  }
  const wasHealthy = draft.is('Healthy', 'True');
  const message = stepMessage(delivery, 'Running health checks');
  draft.mark({ type: 'Healthy', status: 'Unknown', reason: 'Progressing', message });
  await progress(delivery, 'Running health checks');

  const startedAt = performance.now();
  const target = kustomizeTarget(delivery.context, delivery.draft.object);
  try {
    await awaitHealth({
      objects: objects.filter((object) => inventoryId(object) !== inventoryId(owner)),
      read: (object) => readLive(target, object),
      pollMs: context.pace.pollMs,
      timeoutMs: Math.min(timeoutOf(owner).ms, context.pace.maxTimeoutMs),
      signal: context.signal,
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    draft.mark({ type: 'Healthy', status: 'False', reason: 'HealthCheckFailed', message: said });
    throw new DeliveryError('HealthCheckFailed', `health check failed after ${elapsed(startedAt)}: ${said}`, error);
  }
  const passed = `Health check passed in ${elapsed(startedAt)}`;
  if (!wasHealthy) recordFor(delivery, 'Normal', passed);
  draft.mark({ type: 'Healthy', status: 'True', reason: 'Succeeded', message: passed });
  await draft.save();
}

function elapsed(startedAt: number): string {
  return formatGoDuration(performance.now() - startedAt);
}
