import {
  digestOf,
  jsonEquals,
  type DeliveryTarget,
  type Json,
  type JsonObject,
  type ObjectRef,
  type ObservedArgoCd,
  type ObservedOperation,
} from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { comparedRevisions, hasSources, revisionsOf, sourcesOf, textOf } from './application-sources.ts';
import { normalSync, withoutEmpty } from './normal-json.ts';
import type {
  Application,
  ArgoCdCondition,
  ArgoCdHealth,
  ArgoCdOperation,
  ArgoCdOperationState,
  ArgoCdResource,
  ArgoCdSpec,
} from './schema.ts';

interface Seen {
  readonly target: DeliveryTarget;
  readonly observedAt: string;
  readonly application: Application;
  /** The whole status, as it came. */
  readonly status: Json;
}

/** Argo CD's words as a `DeliveryObservation`; nothing is judged. Missing is empty, absent or `Unknown`. */
export function observeApplication({ target, observedAt, application, status: raw }: Seen): ObservedArgoCd {
  const { metadata, spec, status } = application;
  return {
    kind: 'observed',
    controller: 'argocd',
    target,
    uid: metadata.uid,
    observedAt,
    raw: digestOf(raw),
    operationPending: isPending(application),
    ...given('operation', status?.operationState, observeOperation),
    sync: observeSync(application),
    comparedToSpec: isComparedToSpec(application),
    health: observeHealth(status?.health ?? {}),
    ...given('reconciledAt', status?.reconciledAt, same),
    refreshPending: isRefreshAsked(application),
    conditions: (status?.conditions ?? []).map(observeCondition),
    resources: (status?.resources ?? []).map(observeResource),
    source: observeSource(spec),
    destination: observeDestination(spec),
    automatedSync: isAutomated(application),
    vendor: vendorOf(application),
  };
}

function isRefreshAsked({ metadata }: Application): boolean {
  return 'argocd.argoproj.io/refresh' in (metadata.annotations ?? {});
}

function observeSync(application: Application): ObservedArgoCd['sync'] {
  const status = application.status?.sync?.status;
  return { status: status === 'Synced' || status === 'OutOfSync' ? status : 'Unknown', revisions: comparedRevisions(application) };
}

function observeHealth({ status, message, lastTransitionTime }: Partial<ArgoCdHealth>): ObservedArgoCd['health'] {
  return { status: status ?? '', ...given('message', message, redact), ...given('since', lastTransitionTime, same) };
}

function observeCondition({ type, message, lastTransitionTime }: ArgoCdCondition): ObservedArgoCd['conditions'][number] {
  return { type, message: redact(message), ...given('at', lastTransitionTime, same) };
}

function observeSource(spec: ArgoCdSpec): ObservedArgoCd['source'] {
  const source = sourcesOf(spec)[0];
  return { repository: redact(textOf(source, 'repoURL')), path: textOf(source, 'path'), targetRevision: textOf(source, 'targetRevision') };
}

export function observeDestination({ destination }: Pick<ArgoCdSpec, 'destination'>): ObservedArgoCd['destination'] {
  return {
    ...given('server', textOf(destination, 'server'), same),
    ...given('name', textOf(destination, 'name'), same),
    namespace: textOf(destination, 'namespace'),
  };
}

/** Written and not taken up, or taken up and not closed. */
export function isPending({ operation, status }: Application): boolean {
  const phase = status?.operationState?.phase;
  return Boolean(operation) || phase === 'Running' || phase === 'Terminating';
}

export function infoOf(operation: ArgoCdOperation | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((operation?.info ?? []).flatMap((info) => (info === null ? [] : [[info.name, info.value]])));
}

/** There is no observedGeneration: a status belongs to the spec that it was compared with. */
export function isComparedToSpec({ spec, status }: Application): boolean {
  const compared = status?.sync?.comparedTo;
  if (!compared) return false;
  const several = hasSources(spec);
  return jsonEquals(comparable(spec, several), comparable(compared, several));
}

interface Compared {
  readonly source?: Json | undefined;
  readonly sources?: Json | undefined;
  readonly destination?: Json | undefined;
  readonly ignoreDifferences?: Json | undefined;
}

function comparable({ source, sources, destination, ignoreDifferences }: Compared, several: boolean): JsonObject {
  return withoutEmpty({
    from: (several ? sources : source) ?? null,
    destination: destination ?? null,
    ignoreDifferences: ignoreDifferences ?? null,
  });
}

export function objectRefOf({
  group,
  version,
  kind,
  namespace,
  name,
}: Pick<ArgoCdResource, 'group' | 'version' | 'kind' | 'namespace' | 'name'>): ObjectRef {
  return { group: group ?? '', version: version ?? '', kind, ...given('namespace', namespace, same), name };
}

function observeOperation(state: ArgoCdOperationState): ObservedOperation {
  const { operation, syncResult } = state;
  return {
    phase: state.phase,
    message: redact(state.message ?? ''),
    ...given('startedAt', state.startedAt, same),
    ...given('finishedAt', state.finishedAt, same),
    retryCount: state.retryCount ?? 0,
    info: infoOf(operation),
    ...given('initiatedBy', operation?.initiatedBy, ({ username, automated }) => ({
      ...given('username', username, same),
      automated: automated ?? false,
    })),
    asked: normalSync(operation?.sync ?? {}),
    revisions: revisionsOf(syncResult ?? {}),
    resources: (syncResult?.resources ?? []).map((resource) => ({
      ref: objectRefOf(resource),
      status: resource.status ?? '',
      message: redact(resource.message ?? ''),
      ...given('hook', resource.hookType, same),
    })),
  };
}

function observeResource(resource: ArgoCdResource): ObservedArgoCd['resources'][number] {
  return {
    ref: objectRefOf(resource),
    ...given('sync', resource.status, same),
    ...given('health', resource.health?.status, same),
    requiresPruning: resource.requiresPruning ?? false,
    hook: resource.hook ?? false,
  };
}

export function isAutomated({ spec: { syncPolicy } }: Pick<Application, 'spec'>): boolean {
  const automated = syncPolicy?.automated;
  return Boolean(automated) && automated?.enabled !== false;
}

function vendorOf({ metadata, spec, status }: Application): Json {
  return {
    resourceVersion: metadata.resourceVersion,
    project: spec.project ?? '',
    sources: sourcesOf(spec).length,
    sourceType: status?.sourceType ?? '',
    syncOptions: spec.syncPolicy?.syncOptions ?? [],
    images: status?.summary?.images ?? [],
  };
}

/** A field that is there only where it says something. */
function given<Key extends string, From, To>(key: Key, value: From | null | undefined, map: (value: From) => To): Partial<Record<Key, To>> {
  const mapped: Partial<Record<Key, To>> = {};
  if (value !== undefined && value !== null && value !== '') mapped[key] = map(value);
  return mapped;
}

function same<Value>(value: Value): Value {
  return value;
}
