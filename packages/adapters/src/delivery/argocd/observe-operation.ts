import type { ObjectRef, ObservedOperation, OperationPhase } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { revisionsOf } from './application-sources.ts';
import { given, same } from './given.ts';
import { normalSync } from './normal-json.ts';
import type { Application, ArgoCdOperation, ArgoCdOperationState, ArgoCdResource, ArgoCdSyncResult } from './schema.ts';

export function objectRefOf({
  group,
  version,
  kind,
  namespace,
  name,
}: Pick<ArgoCdResource, 'group' | 'version' | 'kind' | 'namespace' | 'name'>): ObjectRef {
  return { group: group ?? '', version: version ?? '', kind, ...given('namespace', namespace, same), name };
}

export function observeOperation(state: ArgoCdOperationState): ObservedOperation {
  const { operation, syncResult } = state;
  return {
    ...observePhase(state),
    message: redact(state.message ?? ''),
    ...given('startedAt', state.startedAt, same),
    ...given('finishedAt', state.finishedAt, same),
    retryCount: state.retryCount ?? 0,
    info: infoOf(operation),
    ...given('initiatedBy', operation?.initiatedBy, observeInitiator),
    asked: normalSync(operation?.sync ?? {}),
    revisions: revisionsOf(syncResult ?? {}),
    resources: (syncResult?.resources ?? []).map(observeResult),
  };
}

function observeInitiator({
  username,
  automated,
}: NonNullable<ArgoCdOperation['initiatedBy']>): NonNullable<ObservedOperation['initiatedBy']> {
  return { ...given('username', username, same), automated: automated ?? false };
}

function observeResult(resource: ArgoCdSyncResult): ObservedOperation['resources'][number] {
  return {
    ref: objectRefOf(resource),
    status: resource.status ?? '',
    message: redact(resource.message ?? ''),
    ...given('hook', resource.hookType, same),
    ...given('hookPhase', resource.hookPhase, same),
  };
}

function observePhase(state: ArgoCdOperationState): Pick<ObservedOperation, 'phase' | 'phaseSaid'> {
  const phase = phaseOf(state);
  return phase === 'Unknown' ? { phase, phaseSaid: state.phase ?? '' } : { phase };
}

/** Written and not taken up, or taken up and not closed. */
export function isPending({ operation, status }: Application): boolean {
  const state = status?.operationState;
  return Boolean(operation) || (state !== undefined && state !== null && !isFinal(phaseOf(state)));
}

/** A phase that we don't know may not be the last one. */
function isFinal(phase: OperationPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed' || phase === 'Error';
}

const phases: readonly OperationPhase[] = ['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'];

function phaseOf({ phase }: ArgoCdOperationState): OperationPhase {
  return phases.find((known) => known === phase) ?? 'Unknown';
}

export function infoOf(operation: ArgoCdOperation | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((operation?.info ?? []).flatMap((info) => (info === null ? [] : [[info.name, info.value]])));
}
