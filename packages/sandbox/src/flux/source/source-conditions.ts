import { type StatusDraft } from '../object/status-draft.ts';

/** Conditions that are only there while something is wrong, the gravest first. */
const faults = ['StorageOperationFailed', 'FetchFailed', 'ArtifactOutdated'];

/** Says what is under way. `Ready` is put in doubt only when the artifact is about to change, or nothing better is known. */
export function markProgress(draft: StatusDraft, message: string, isChanging: boolean): void {
  draft.drop('Stalled');
  draft.mark({ type: 'Reconciling', status: 'True', reason: 'Progressing', message });
  const isOpen = draft.condition('Ready') === undefined || draft.is('Ready', 'Unknown');
  if (isChanging || isOpen) draft.mark({ type: 'Ready', status: 'Unknown', reason: 'Progressing', message });
}

/** `Ready` as the other conditions make it. */
export function summariseReady(draft: StatusDraft): void {
  const fault = faults.map((type) => draft.condition(type)).find((condition) => condition?.status === 'True');
  const stored = draft.condition('ArtifactInStorage');
  if (fault !== undefined) draft.mark({ type: 'Ready', status: 'False', reason: fault.reason, message: fault.message });
  else if (stored !== undefined) draft.mark({ type: 'Ready', status: stored.status, reason: stored.reason, message: stored.message });
}

/** The end of a round that brought nothing about: said as something that is tried again. */
export function markRetrying(draft: StatusDraft): void {
  const reconciling = draft.condition('Reconciling');
  if (reconciling !== undefined) draft.mark({ ...reconciling, reason: 'ProgressingWithRetry' });
}
