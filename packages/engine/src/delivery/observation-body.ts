import {
  deliveredState,
  objectKey,
  seenOperation,
  type DeliveryObservation,
  type DeliveryTarget,
  type DeliveryVerdict,
  type Digest,
  type JsonObject,
  type ObservedArgoCd,
  type ObservedDelivery,
  type ObservedFlux,
  type ObservedHelmRelease,
  type SyncAttempt,
} from '@fairlead/domain';
import { targetName } from './same-target.ts';

interface Seen {
  readonly observation: DeliveryObservation;
  readonly verdict: DeliveryVerdict;
  /** What we asked of the target. */
  readonly sync: SyncAttempt | undefined;
  /** Of the desired state that the commit renders to, where that is known. */
  readonly desired: Digest | undefined;
}

/** What the record keeps of a look at a target, complete: controllers forget. Their messages are redacted, their own words whole are named by digest. */
export function observationBody(target: DeliveryTarget, { observation, verdict, sync, desired }: Seen): JsonObject {
  const common: JsonObject = {
    target: targetName(target),
    controller: target.controller,
    verdict: { kind: verdict.kind, reason: verdict.reason },
    operation: sync?.operation ?? null,
    requested: sync === undefined ? null : { revision: sync.revision, at: sync.requestedAt },
    desired: desired ?? null,
    observedAt: observation.observedAt,
  };
  if (observation.kind === 'absent') return common;
  return {
    ...common,
    ...seenBody(observation),
    ...(observation.controller === 'argocd' ? argoCdBody(observation) : fluxBody(observation)),
  };
}

function seenBody(seen: ObservedDelivery): JsonObject {
  const { revisions, sync, health } = deliveredState(seen);
  const operation = seenOperation(seen);
  return {
    controllerVersion: seen.controllerVersion ?? null,
    uid: seen.uid,
    raw: seen.raw,
    sync,
    revisions,
    health,
    carriedOut: operation === undefined ? null : { operation: operation.id ?? null, by: operation.initiatedBy ?? null },
  };
}

function argoCdBody({ operation, resources, conditions, health, reconciledAt }: ObservedArgoCd): JsonObject {
  return {
    ...timesOf(operation),
    reconciledAt: reconciledAt ?? null,
    healthSince: health.since ?? null,
    results: (operation?.resources ?? []).map(({ ref, status, message, hook }) => ({
      object: objectKey(ref),
      status,
      message,
      hook: hook ?? null,
    })),
    resources: resources.map(({ ref, sync, health }) => ({ object: objectKey(ref), sync: sync ?? null, health: health ?? null })),
    conditions: conditions.map(({ type, message, at }) => ({ type, message, at: at ?? null })),
  };
}

function timesOf(operation: ObservedArgoCd['operation']): JsonObject {
  return { phase: operation?.phase ?? null, startedAt: operation?.startedAt ?? null, finishedAt: operation?.finishedAt ?? null };
}

function fluxBody({ conditions, history, inventory, origin, made, ownHealth }: ObservedFlux): JsonObject {
  const [last] = history;
  const health = new Map(ownHealth?.objects.map(({ ref, status }) => [objectKey(ref), status]));
  return {
    phase: conditions.find(({ type }) => type === 'Ready')?.reason ?? null,
    finishedAt: last?.lastReconciled ?? null,
    applied: last?.digest ?? null,
    source: sourceBody(origin),
    resources: inventory.map((ref) => ({ object: objectKey(ref), health: health.get(objectKey(ref)) ?? null })),
    releases: made.flatMap((one) => (one.kind === 'HelmRelease' ? [releaseBody(one.release)] : [])),
    conditions: conditions.map(({ type, status, reason, message, at }) => ({ type, status, reason, message, at: at ?? null })),
  };
}

function sourceBody(origin: ObservedFlux['origin']): JsonObject | null {
  if (!origin.found) return null;
  const { kind, namespace, name, uid, url, revision, digest } = origin;
  return { object: `${kind}/${namespace}/${name}`, uid, url, revision: revision ?? null, digest: digest ?? null };
}

function releaseBody({ namespace, name, latest }: ObservedHelmRelease): JsonObject {
  const object = `HelmRelease/${namespace}/${name}`;
  if (latest === undefined) return { object, status: null };
  const { status, chart, chartVersion, configDigest, ociDigest } = latest;
  return { object, status, chart, chartVersion, configDigest, ociDigest: ociDigest ?? null };
}
