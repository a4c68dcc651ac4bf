import { randomInt } from 'node:crypto';
import {
  NotFoundError,
  UpstreamError,
  type DeliveryObservation,
  type DeliveryTarget,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery, DeliveryCapabilities } from '@fairlead/engine';
import { absent, argoCdClient, nameOf, parsed, type ArgoCdClient } from './client.ts';
import { discoverApplications } from './discover-applications.ts';
import { observeApplication } from './observe-application.ts';
import type { ArgoCdOptions } from './options.ts';
import { nextSyncStep } from './request-sync.ts';
import { Application, RawApplication } from './schema.ts';
import { watchApplications } from './watch-applications.ts';

const argoCdCapabilities: DeliveryCapabilities = {
  manualSync: true,
  syncToRevision: true,
  partialSync: true,
  actorInHistory: true,
  windows: true,
  driftWhilePaused: true,
  continuousHealth: true,
  hooks: true,
};

/** Argo CD through the Kubernetes API of the cluster where its Applications are. Rights, calls made and calls never made: README.md. */
export function argoCdDelivery(options: ArgoCdOptions): Delivery {
  const client = argoCdClient(options);
  const now = options.now ?? ((): Date => new Date());
  return {
    capabilities: argoCdCapabilities,
    observe: (target) => observe(client, target, now()),
    requestSync: (target, request) => requestSync(client, target, request),
    requestRefresh: (target) => requestRefresh(client, target, now()),
    setSuspended: () => Promise.resolve('unsupported'),
    watch(cluster, namespace, changed) {
      return Promise.resolve(watchApplications({ cluster, namespace, changed }, options));
    },
    discover: (cluster, source) => discoverApplications(client, options.namespaces ?? ['argocd'], { cluster, ...source }),
  };
}

async function observe(client: ArgoCdClient, target: DeliveryTarget, at: Date): Promise<DeliveryObservation> {
  const observedAt = at.toISOString();
  const object = await client.read(target);
  if (object === absent) return { kind: 'absent', target, observedAt };
  const doing = `reading ${nameOf(target)}`;
  const { status } = parsed(RawApplication, object, doing);
  return observeApplication({ target, observedAt, application: parsed(Application, object, doing), status });
}

const attempts = 5;

/** Each attempt looks again first, so a write that got through without an answer is found and not repeated. */
async function requestSync(client: ArgoCdClient, target: DeliveryTarget, request: SyncRequest): Promise<SyncOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const object = await client.read(target);
    if (object === absent) return { kind: 'absent' };
    const step = nextSyncStep(request, parsed(Application, object, `reading ${nameOf(target)}`));
    if (step.kind === 'answer') return step.outcome;
    const written = await client.patch(target, step.patch);
    if (written === 'patched') return { kind: 'accepted', asked: step.asked };
    if (written === 'absent') return { kind: 'absent' };
  }
  throw new UpstreamError('argocd-contended', `${nameOf(target)} changed ${String(attempts)} times while a sync was being written`, {
    provider: 'argocd',
    retryable: true,
    hint: 'see who else writes it: kubectl get application -o yaml --show-managed-fields',
  });
}

/** The time-stamp must be new: the controller takes the request away only if it is still the one that it answered. */
async function requestRefresh(client: ArgoCdClient, target: DeliveryTarget, at: Date): Promise<void> {
  const stamp = at.toISOString().replace('Z', `${String(randomInt(1_000_000)).padStart(6, '0')}Z`);
  const annotations = { 'argocd.argoproj.io/refresh': 'normal', 'argocd.argoproj.io/refresh-timestamp': stamp };
  const written = await client.patch(target, { metadata: { annotations } });
  if (written === 'absent') throw new NotFoundError('application-unknown', `no ${nameOf(target)}`, { hint: 'see: fairlead doctor' });
}
