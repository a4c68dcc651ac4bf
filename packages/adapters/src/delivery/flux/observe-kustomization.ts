import {
  digestOf,
  goDurationMs,
  isAsked,
  type DeliveryTarget,
  type FluxHistoryEntry,
  type FluxSettings,
  type FluxSource,
  type ImageAutomation,
  type Json,
  type MadeByFlux,
  type ObservedFlux,
} from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { fluxStateOf, present } from './flux-state-of.ts';
import { appliedRevisions } from './applied-revisions.ts';
import { inventoryRef } from './inventory-ref.ts';
import { followedRef } from './observe-source.ts';
import { readRequest } from './request-annotations.ts';
import type { HistoryEntry, Kustomization, KustomizationSpec } from './schema.ts';

interface Seen {
  readonly target: DeliveryTarget;
  readonly observedAt: string;
  readonly kustomization: Kustomization;
  readonly origin: FluxSource;
  readonly made: readonly MadeByFlux[];
  /** The whole statuses of Kustomization and source, as they came. */
  readonly statuses: Json;
  readonly automations: readonly ImageAutomation[] | undefined;
  readonly controllerVersion: string | undefined;
}

/** Flux's words as a `DeliveryObservation`; nothing is judged. */
export function observeKustomization(seen: Seen): ObservedFlux {
  const { target, observedAt, kustomization, origin } = seen;
  const { metadata, spec } = kustomization;
  const state = fluxStateOf(kustomization);
  return {
    kind: 'observed',
    controller: 'flux',
    target,
    uid: metadata.uid,
    observedAt,
    raw: digestOf(seen.statuses),
    ...present('controllerVersion', seen.controllerVersion),
    ...state,
    deleting: Boolean(metadata.deletionTimestamp),
    origin,
    ...appliedRevisions(kustomization),
    ...historyOf(kustomization),
    made: seen.made,
    settings: settingsOf(spec),
    ...present('automations', seen.automations),
    ...readRequest(metadata.annotations ?? {}),
    refreshPending: isAsked(state) || (origin.found && isAsked(origin)),
    source: { repository: origin.found ? origin.url : '', path: spec.path ?? '', targetRevision: followedRef(origin) },
    destination: destinationOf(spec),
    ...present('ignores', spec.ignore),
    ...rendersBy(spec),
    automatedSync: true,
    vendor: { resourceVersion: metadata.resourceVersion, sourceRef: `${origin.kind}/${origin.namespace}/${origin.name}` },
  };
}

function historyOf({ status }: Kustomization): Pick<ObservedFlux, 'history' | 'inventory'> {
  const entries = status?.inventory?.entries ?? [];
  return { history: (status?.history ?? []).map(historyEntry), inventory: entries.flatMap((entry) => inventoryRef(entry) ?? []) };
}

function historyEntry({ digest, lastReconciled, lastReconciledStatus, metadata }: HistoryEntry): FluxHistoryEntry {
  return {
    digest,
    status: lastReconciledStatus,
    ...present('lastReconciled', lastReconciled),
    ...present('revision', metadata?.['revision']),
    ...present('originRevision', metadata?.['originRevision']),
  };
}

function settingsOf({ prune, wait, healthChecks, interval, timeout, images, postBuild }: KustomizationSpec): FluxSettings {
  const substitutes = Object.keys(postBuild?.substitute ?? {}).length + (postBuild?.substituteFrom ?? []).length;
  return {
    prune: prune === true,
    wait: wait === true,
    healthChecks: (healthChecks ?? []).length,
    ...present('intervalMs', goDurationMs(interval ?? '')),
    ...present('timeoutMs', goDurationMs(timeout ?? '')),
    images: (images ?? []).map(({ name }) => redact(name)),
    substitutes: substitutes > 0,
  };
}

const renderingFields = [
  'patches',
  'components',
  'postBuild',
  'images',
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'commonMetadata',
  'decryption',
] as const satisfies readonly (keyof KustomizationSpec)[];

/** What decides beside the commit. */
export function rendersBy(spec: KustomizationSpec): Pick<ObservedFlux, 'rendersBy'> {
  const set = renderingFields.filter((field) => Object.keys(spec[field] ?? {}).length > 0);
  return set.length === 0 ? {} : { rendersBy: set.map((field) => `spec.${field}`) };
}

/** The Secret or ConfigMap of a remote cluster is named after it, by the convention of Cluster API `<cluster>-kubeconfig`. Its content isn't ours to read. */
export function destinationOf({
  kubeConfig,
  targetNamespace,
}: Pick<KustomizationSpec, 'kubeConfig' | 'targetNamespace'>): ObservedFlux['destination'] {
  const namespace = targetNamespace ?? '';
  if (!kubeConfig) return { name: 'in-cluster', namespace };
  const credentials = kubeConfig.secretRef?.name ?? kubeConfig.configMapRef?.name ?? '';
  const cluster = credentials.replace(/-kubeconfig$/, '');
  // That name would mean the controller's own cluster, which this is not.
  return { name: cluster === '' || cluster === 'in-cluster' ? `kubeconfig ${credentials}` : cluster, namespace };
}
