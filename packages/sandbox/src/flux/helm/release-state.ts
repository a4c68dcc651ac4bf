import { at, listAt, numberAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { type StatusDraft } from '../object/status-draft.ts';

export type ReleaseAction = 'install' | 'upgrade';

export interface Wanted {
  readonly chartName: string;
  readonly chartVersion: string;
  readonly configDigest: string;
}

/** What to do next about a release, by what its history says. */
export type NextStep =
  | { readonly kind: 'run'; readonly action: ReleaseAction }
  | { readonly kind: 'in-sync'; readonly version: number }
  /** It was tried as often as its remediation allows. */
  | { readonly kind: 'exhausted'; readonly message: string };

export function nextStep(draft: StatusDraft, wanted: Wanted): NextStep {
  const [latest] = historyOf(draft);
  if (latest === undefined) return tried(draft, 'install');
  const isFailed = textAt(latest, 'status') === 'failed';
  const isWanted = Object.entries(wanted).every(([field, value]) => textAt(latest, field) === value);
  if (!isFailed && isWanted) return { kind: 'in-sync', version: numberAt(latest, 'version') ?? 0 };
  const before = draft.text('lastAttemptedReleaseAction') === 'install' && isFailed ? 'install' : 'upgrade';
  return failuresOf(draft, before) > 0 ? tried(draft, before) : { kind: 'run', action: 'upgrade' };
}

function tried(draft: StatusDraft, action: ReleaseAction): NextStep {
  const failures = failuresOf(draft, action);
  if (failures <= retriesOf(draft.object, action)) return { kind: 'run', action };
  return { kind: 'exhausted', message: `Failed to ${action} after ${String(failures)} attempt(s)` };
}

export function historyOf(draft: StatusDraft): readonly Json[] {
  return listAt({ history: draft.field('history') ?? [] }, 'history');
}

function retriesOf(object: KubeObject, action: ReleaseAction): number {
  return numberAt(object, 'spec', action, 'remediation', 'retries') ?? 0;
}

/** Whether a failure is undone: also the last one where retries are wanted at all. */
export function isRemediated(object: KubeObject, action: ReleaseAction): boolean {
  const said = at(object, 'spec', action, 'remediation', 'remediateLastFailure');
  return typeof said === 'boolean' ? said : retriesOf(object, action) > 0;
}

function failuresOf(draft: StatusDraft, action: ReleaseAction): number {
  const count = draft.field(counterOf(action));
  return typeof count === 'number' ? count : 0;
}

function counterOf(action: ReleaseAction): 'installFailures' | 'upgradeFailures' {
  return action === 'install' ? 'installFailures' : 'upgradeFailures';
}

export function countFailure(draft: StatusDraft, action: ReleaseAction): void {
  for (const counter of ['failures', counterOf(action)]) {
    const before = draft.field(counter);
    draft.set(counter, typeof before === 'number' ? before + 1 : 1);
  }
}

/** Another chart, other values or another generation are a new beginning. */
export function rememberAttempt(draft: StatusDraft, { chartVersion, configDigest }: Wanted, ociDigest: string | undefined): void {
  const attempt: JsonObject = {
    lastAttemptedGeneration: draft.generation,
    lastAttemptedRevision: chartVersion,
    lastAttemptedConfigDigest: configDigest,
  };
  if (Object.entries(attempt).some(([field, value]) => draft.field(field) !== value)) {
    for (const counter of ['failures', 'installFailures', 'upgradeFailures']) draft.set(counter, undefined);
  }
  for (const [field, value] of Object.entries(attempt)) draft.set(field, value);
  draft.set('lastAttemptedRevisionDigest', ociDigest);
}
