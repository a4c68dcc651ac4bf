import { compact, isJsonObject, listAt, numberAt, objectAt, textAt, textsAt, at, type Json, type JsonObject } from '../../json/json.ts';

import { appSources, revisionFields, sourceFields, type AppSources } from '../application/app-sources.ts';

type OperationPhase = 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';

const phases: readonly OperationPhase[] = ['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'];

export interface SyncResult {
  readonly revisions: readonly string[];
  readonly sources: AppSources;
  readonly resources: readonly JsonObject[];
}

/** `status.operationState`. `finishedAt` with phase `Running` means: waiting for the next attempt. */
export interface OperationState {
  readonly operation: JsonObject;
  readonly phase: OperationPhase;
  readonly message: string;
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  readonly retryCount: number;
  readonly syncResult?: SyncResult | undefined;
}

export function newOperationState(operation: JsonObject, startedAt: string): OperationState {
  return { operation: copyOperation(operation), phase: 'Running', message: '', startedAt, retryCount: 0 };
}

export function isFinished({ phase }: OperationState): boolean {
  return phase !== 'Running' && phase !== 'Terminating';
}

export function parseOperationState(json: JsonObject): OperationState {
  const result = at(json, 'syncResult');
  return {
    operation: objectAt(json, 'operation'),
    phase: phases.find((phase) => phase === textAt(json, 'phase')) ?? 'Running',
    message: textAt(json, 'message') ?? '',
    startedAt: textAt(json, 'startedAt') ?? '',
    finishedAt: textAt(json, 'finishedAt'),
    retryCount: numberAt(json, 'retryCount') ?? 0,
    syncResult: isJsonObject(result) ? parseSyncResult(result) : undefined,
  };
}

function parseSyncResult(result: JsonObject): SyncResult {
  const sources = appSources(result);
  return {
    revisions: sources.several ? textsAt(result, 'revisions') : [textAt(result, 'revision') ?? ''],
    sources,
    resources: listAt(result, 'resources').filter(isJsonObject),
  };
}

export function operationStateJson(state: OperationState): JsonObject {
  const { syncResult } = state;
  return compact({
    finishedAt: state.finishedAt,
    message: state.message === '' ? undefined : state.message,
    operation: state.operation,
    phase: state.phase,
    retryCount: state.retryCount === 0 ? undefined : state.retryCount,
    startedAt: state.startedAt,
    syncResult:
      syncResult === undefined
        ? undefined
        : compact({
            resources: syncResult.resources.length === 0 ? undefined : syncResult.resources,
            revision: '', // the definition demands it, also beside several
            ...revisionFields(syncResult.sources, syncResult.revisions),
            ...sourceFields(syncResult.sources),
          }),
  });
}

/** The operation as Go's encoder writes it down: empty values are gone, `initiatedBy` and `retry` are always there, `info` is as sent. */
function copyOperation(operation: JsonObject): JsonObject {
  const { info, ...rest } = { info: undefined, ...operation };
  return {
    ...compact({ info }),
    ...withoutEmpty(rest),
    initiatedBy: withoutEmpty(objectAt(operation, 'initiatedBy')),
    retry: withoutEmpty(objectAt(operation, 'retry')),
  };
}

function withoutEmpty(object: JsonObject): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    if (isJsonObject(value)) kept[key] = withoutEmpty(value);
    else if (!isEmptyInGo(value)) kept[key] = value;
  }
  return kept;
}

function isEmptyInGo(value: Json): boolean {
  return value === null || value === false || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);
}
