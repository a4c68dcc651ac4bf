import { listAt, textAt } from '../../json/json.ts';
import { conditionOf, conditionsOf } from '../../kube/conditions.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

/** The conditions of an object, as `Type=Status(Reason)`. */
export function conditionsText(object: KubeObject): string {
  return conditionsOf(object)
    .map(({ type, status, reason }) => `${type}=${status}(${reason})`)
    .join(' ');
}

export function readyMessage(object: KubeObject): string {
  return conditionsOf(object).find(({ type }) => type === 'Ready')?.message ?? '';
}

export function isReady(object: KubeObject): boolean {
  return conditionsText(object).includes('Ready=True');
}

/** A Kustomization that came to an end with this revision, all of it written: conditions are written before the rest. */
export function hasEndedWith(kustomization: KubeObject, revision: string): boolean {
  const ready = conditionOf(kustomization, 'Ready');
  const [latest] = listAt(kustomization, 'status', 'history');
  const isAttempted = textAt(kustomization, 'status', 'lastAttemptedRevision')?.endsWith(revision) === true;
  if (!isAttempted || ready === undefined || ready.status === 'Unknown') return false;
  if (ready.reason === 'BuildFailed') return true;
  return textAt(latest, 'metadata', 'revision')?.endsWith(revision) === true && textAt(latest, 'lastReconciledStatus') === ready.reason;
}

export function inventoryIds(object: KubeObject): readonly string[] {
  return listAt(object, 'status', 'inventory', 'entries').flatMap((entry) => textAt(entry, 'id') ?? []);
}
