import {
  digestOf,
  jsonEquals,
  sourceOfCommit,
  type DeliveryTarget,
  type Json,
  type JsonObject,
  type ObservedArgoCd,
} from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { comparedRevisions, hasSources, reviewedSources, sourcesOf, textOf } from './application-sources.ts';
import { given, same } from './given.ts';
import { withoutEmpty } from './normal-json.ts';
import { observeHydration } from './observe-hydration.ts';
import { observeKeeping } from './observe-keeping.ts';
import { isPending, objectRefOf, observeOperation } from './observe-operation.ts';
import type { Application, ArgoCdCondition, ArgoCdHealth, ArgoCdResource, ArgoCdSpec } from './schema.ts';

interface Seen {
  readonly target: DeliveryTarget;
  readonly observedAt: string;
  readonly application: Application;
  /** The whole status, as it came. */
  readonly status: Json;
  readonly project?: NonNullable<ObservedArgoCd['project']>;
  readonly controllerVersion?: string;
}

/** Argo CD's words as a `DeliveryObservation`; nothing is judged. Missing is empty, absent or `Unknown`. */
export function observeApplication({ target, observedAt, application, status: raw, ...around }: Seen): ObservedArgoCd {
  const { metadata, spec, status } = application;
  return {
    kind: 'observed',
    controller: 'argocd',
    target,
    uid: metadata.uid,
    ...around,
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
    ...severalSources(spec),
    ...given('hydration', observeHydration(application), same),
    ...observeKeeping(application),
    ...given('ignores', spec.ignoreDifferences, same),
    ...rendersBy(application),
    vendor: vendorOf(application),
  };
}

function severalSources(spec: ArgoCdSpec): Pick<ObservedArgoCd, 'sources'> {
  return hasSources(spec) ? { sources: reviewedSources(spec) } : {};
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
  const sources = reviewedSources(spec);
  const { repository, path, targetRevision } = sourceOfCommit(sources, undefined) ??
    sources[0] ?? { repository: '', path: '', targetRevision: '' };
  return { repository, path, targetRevision };
}

export function observeDestination({ destination }: Pick<ArgoCdSpec, 'destination'>): ObservedArgoCd['destination'] {
  return {
    ...given('server', textOf(destination, 'server'), same),
    ...given('name', textOf(destination, 'name'), same),
    namespace: textOf(destination, 'namespace'),
  };
}

/** There is no observedGeneration: a status belongs to the spec that it was compared with. */
export function isComparedToSpec({ spec, status }: Application): boolean {
  const compared = status?.sync?.comparedTo;
  if (!compared) return false;
  const several = hasSources(spec);
  const source = sourcesOf(spec)[0] ?? null;
  return jsonEquals(comparable({ ...spec, source }, several), comparable(compared, several));
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

function observeResource(resource: ArgoCdResource): ObservedArgoCd['resources'][number] {
  return {
    ref: objectRefOf(resource),
    ...given('sync', resource.status, same),
    ...given('health', resource.health?.status, same),
    requiresPruning: resource.requiresPruning ?? false,
    ...(resource.requiresDeletionConfirmation === true ? { awaitsConfirmation: true } : {}),
    hook: resource.hook ?? false,
  };
}

/** `argocd-cm` has options of its own, which aren't ours to read. A chart's source isn't the environment's folder, and is judged apart. */
function rendersBy({ spec, status }: Application): Pick<ObservedArgoCd, 'rendersBy'> {
  const options = spec.sourceHydrator ? [] : sourcesOf(spec).flatMap((source) => renderingFields.filter((field) => isSet(source[field])));
  const type = status?.sourceType ?? '';
  const other = type === '' || type === 'Kustomize' ? [] : [`source type ${type}`];
  const set = [...new Set([...options.map((field) => `spec.source.${field}`), ...other])];
  return set.length === 0 ? {} : { rendersBy: set };
}

const renderingFields = ['kustomize', 'helm', 'directory', 'plugin'] as const;

function isSet(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function vendorOf({ metadata, spec, status }: Application): Json {
  const { sourceType, summary } = status ?? {};
  return {
    resourceVersion: metadata.resourceVersion,
    project: spec.project ?? '',
    sources: sourcesOf(spec).length,
    sourceType: sourceType ?? '',
    syncOptions: spec.syncPolicy?.syncOptions ?? [],
    images: summary?.images ?? [],
    appOfApps: summary?.isAppOfApps ?? false,
  };
}
