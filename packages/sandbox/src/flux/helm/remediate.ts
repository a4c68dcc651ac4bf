import { isJsonObject, numberAt, type Json } from '../../json/json.ts';
import { deleteLive, serverSideApply } from '../apply/target-cluster.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { inventoryOf, missingFrom } from '../kustomization/inventory.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { releaseTargetOf } from './helm-release.ts';
import { helmTarget } from './helm-target.ts';
import { chartLabel } from './release.ts';
import { historyOf, isRemediated, type ReleaseAction } from './release-state.ts';
import { releaseStorage } from './release-storage.ts';

/** Undoes a failed action where that is wanted: an upgrade is rolled back, an install taken away. Git and the cluster differ from then on. */
export async function remediate(context: FluxContext, draft: StatusDraft, action: ReleaseAction): Promise<void> {
  if (!isRemediated(draft.object, action)) return;
  if (action === 'upgrade') await rollBack(context, draft);
  else await takeAway(context, draft);
}

async function rollBack(context: FluxContext, draft: StatusDraft): Promise<void> {
  const [failed, previous] = historyOf(draft);
  if (failed === undefined || !isJsonObject(previous)) return;
  const storage = releaseStorage(context.client, releaseTargetOf(draft.object));
  const target = helmTarget(context, draft.object);
  const objects = await storage.load(versionOf(previous));
  for (const object of objects) await serverSideApply(target, object, false);
  for (const object of missingFrom(await storage.load(versionOf(failed)), objects)) await deleteLive(target, object);
  const version = versionOf(failed) + 1;
  await storage.save(version, 'deployed', objects);
  draft.set('history', [{ ...previous, action: 'rollback', status: 'deployed', version }, failed]);
  draft.set('inventory', inventoryOf(objects));
  const message = `Helm rollback to previous release ${chartLabel(previous)} succeeded`;
  draft.mark({ type: 'Remediated', status: 'True', reason: 'RollbackSucceeded', message });
}

async function takeAway(context: FluxContext, draft: StatusDraft): Promise<void> {
  const message = `Helm uninstall remediation for release ${chartLabel(historyOf(draft)[0])} succeeded`;
  await uninstall(context, draft);
  draft.set('history', undefined);
  draft.mark({ type: 'Remediated', status: 'True', reason: 'UninstallSucceeded', message });
}

/** Takes away whatever the releases of the history put there, and what Helm remembers of them. */
export async function uninstall(context: FluxContext, draft: StatusDraft): Promise<void> {
  const storage = releaseStorage(context.client, releaseTargetOf(draft.object));
  const target = helmTarget(context, draft.object);
  for (const entry of historyOf(draft)) {
    for (const object of (await storage.load(versionOf(entry))).toReversed()) await deleteLive(target, object);
    await storage.remove(versionOf(entry));
  }
}

function versionOf(snapshot: Json): number {
  return numberAt(snapshot, 'version') ?? 0;
}
