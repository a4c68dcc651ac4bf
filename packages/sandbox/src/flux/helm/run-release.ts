import { createHash } from 'node:crypto';

import { at, isJsonObject, numberAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { formatGoDuration } from '../../kube/go-duration.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { deleteLive, readLive, serverSideApply } from '../apply/target-cluster.ts';
import { awaitHealth } from '../health/await-health.ts';
import { inventoryOf, missingFrom } from '../kustomization/inventory.ts';
import { releaseTargetOf, timeoutOf } from './helm-release.ts';
import { helmTarget } from './helm-target.ts';
import { chartLabel, type Release } from './release.ts';
import { countFailure, historyOf, type ReleaseAction } from './release-state.ts';
import { releaseStorage, type ReleaseStorage } from './release-storage.ts';
import { renderRelease } from './render-release.ts';

/** `stored`: it failed after Helm had written it down, which counts as an attempt. */
export type RunOutcome = { readonly kind: 'released' } | { readonly kind: 'failed'; readonly stored: boolean };

/** Installs or upgrades, and says in the draft how it went. */
export async function runRelease(release: Release, action: ReleaseAction): Promise<RunOutcome> {
  const { context, draft, chart } = release;
  const startedAt = performance.now();
  draft.set('lastAttemptedReleaseAction', action);
  draft.drop('Remediated');
  let objects: readonly KubeObject[] = [];
  let error: string | undefined;
  try {
    objects = await renderRelease(context, draft.object, release);
    await put(release, action, objects);
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    error = thrown instanceof Error ? thrown.message.trim() : String(thrown);
  }
  draft.set('lastAttemptedReleaseActionDuration', formatGoDuration(performance.now() - startedAt));
  const isStored = objects.length > 0;
  if (isStored) await recordRelease(release, { action, objects, status: error === undefined ? 'deployed' : 'failed' });
  const { name, namespace } = releaseTargetOf(draft.object);
  const past = action === 'install' ? 'Install' : 'Upgrade';
  if (error === undefined) {
    const message = `Helm ${action} succeeded for release ${chartLabel(historyOf(draft)[0])}`;
    draft.mark({ type: 'Released', status: 'True', reason: `${past}Succeeded`, message });
    context.record.helm(draft.object, { type: 'Normal', reason: `${past}Succeeded`, message });
    return { kind: 'released' };
  }
  const message = `Helm ${action} failed for release ${namespace}/${name} with chart ${chart.name}@${chart.version}: ${error}`;
  draft.mark({ type: 'Released', status: 'False', reason: `${past}Failed`, message });
  context.record.helm(draft.object, { type: 'Warning', reason: `${past}Failed`, message });
  if (isStored) countFailure(draft, action);
  return { kind: 'failed', stored: isStored };
}

async function put({ context, draft }: Release, action: ReleaseAction, objects: readonly KubeObject[]): Promise<void> {
  const { object: owner } = draft;
  const { pace, signal } = context;
  const target = helmTarget(context, owner);
  for (const object of objects) await serverSideApply(target, object, false);
  const previous = numberAt(historyOf(draft)[0] ?? null, 'version');
  const before = previous === undefined ? [] : await releaseStorage(context.client, releaseTargetOf(owner)).load(previous);
  for (const object of missingFrom(before, objects)) await deleteLive(target, object);
  if (at(owner, 'spec', action, 'disableWait') === true) return;
  const timeoutMs = Math.min(timeoutOf(owner).ms, pace.maxTimeoutMs);
  await awaitHealth({ objects, read: (object) => readLive(target, object), pollMs: pace.pollMs, timeoutMs, signal });
}

interface Recorded {
  readonly action: string;
  readonly objects: readonly KubeObject[];
  readonly status: 'deployed' | 'failed';
}

async function recordRelease(release: Release, { action, objects, status }: Recorded): Promise<void> {
  const { context, draft, chart, wanted } = release;
  const target = releaseTargetOf(draft.object);
  const storage = releaseStorage(context.client, target);
  // An install is a new beginning: nothing before it can be rolled back to.
  const history = action === 'install' ? [] : historyOf(draft);
  const version = 1 + Math.max(0, ...historyOf(draft).map((entry) => numberAt(entry, 'version') ?? 0));
  const now = timestamp(context.now());
  const snapshot: JsonObject = {
    action,
    apiVersion: 'v2',
    appVersion: chart.appVersion,
    ...wanted,
    digest: digestOf(objects),
    firstDeployed: textAt(history.at(-1), 'firstDeployed') ?? now,
    lastDeployed: now,
    name: target.name,
    namespace: target.namespace,
    ...(chart.ociDigest !== undefined && { ociDigest: chart.ociDigest }),
    status,
    version,
  };
  await storage.save(version, status, objects);
  draft.set('history', [snapshot, ...(status === 'deployed' ? await superseded(history, storage) : history)].slice(0, 2));
  draft.set('inventory', inventoryOf(objects));
}

async function superseded(history: readonly Json[], storage: ReleaseStorage): Promise<readonly Json[]> {
  const [latest, ...older] = history;
  if (latest === undefined) return [];
  await storage.supersede(numberAt(latest, 'version') ?? 0);
  return [isJsonObject(latest) ? { ...latest, status: 'superseded' } : latest, ...older];
}

function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}
