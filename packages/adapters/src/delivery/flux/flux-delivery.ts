import { randomBytes } from 'node:crypto';
import {
  NotFoundError,
  type DeliveryObservation,
  type DeliveryTarget,
  type ImageAutomation,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery, DeliveryCapabilities, SuspendOutcome } from '@fairlead/engine';
import { fluxClient, placeName, type FluxClient, type Place } from './client.ts';
import { controllerVersion } from './controller-version.ts';
import { discoverKustomizations } from './discover-kustomizations.ts';
import { kustomizations, sourceKind } from './flux-kind.ts';
import { readImageAutomations } from './image-automations.ts';
import { lately } from '../../http/lately.ts';
import { nextRefresh, nextSyncStep, type FluxRequest } from './next-request.ts';
import { observeKustomization } from './observe-kustomization.ts';
import type { FluxOptions } from './options.ts';
import { readKustomization } from './read-kustomization.ts';
import { watchKustomizations } from './watch-kustomizations.ts';

const fluxCapabilities: DeliveryCapabilities = {
  manualSync: false,
  syncToRevision: false,
  partialSync: false,
  actorInHistory: false,
  windows: false,
  driftWhilePaused: false,
  continuousHealth: false,
  hooks: false,
};

/** Flux through the Kubernetes API of the cluster where its Kustomizations are. Rights, calls made and calls never made: README.md. */
export function fluxDelivery(options: FluxOptions): Delivery {
  const client = fluxClient(options);
  const now = options.now ?? ((): Date => new Date());
  const observe = observer(client, options, now);
  return {
    capabilities: fluxCapabilities,
    observe,
    async requestSync(target, request) {
      const seen = await observe(target);
      return seen.kind === 'absent' ? { kind: 'absent' } : requestSync({ client, target, seen, now: now() }, request);
    },
    async requestRefresh(target) {
      const seen = await observe(target);
      const hint = 'see: fairlead doctor';
      if (seen.kind === 'absent') throw new NotFoundError('kustomization-unknown', `no ${placeName(placeOf(target))}`, { hint });
      await write({ client, target, seen }, nextRefresh(seen, { now: now(), id: randomBytes(6).toString('hex') }));
    },
    setSuspended: async (target, suspended) => setSuspended({ client, target, seen: await observe(target) }, suspended),
    discover: (cluster, source) => discoverKustomizations(client, options.namespaces ?? ['flux-system'], { cluster, ...source }),
    watch(cluster, namespace, changed) {
      options.clusters.kubeConfig(cluster);
      return Promise.resolve(watchKustomizations({ cluster, namespace, changed }, options));
    },
  };
}

type Seen = Extract<DeliveryObservation, { readonly controller: 'flux' }>;
type Absent = Extract<DeliveryObservation, { readonly kind: 'absent' }>;

function observer(client: FluxClient, options: FluxOptions, now: () => Date): (target: DeliveryTarget) => Promise<Seen | Absent> {
  const version = lately<string | undefined>(300_000, now);
  const writers = lately<readonly ImageAutomation[] | undefined>(30_000, now);
  const controllers = options.controllerNamespace ?? 'flux-system';
  return async (target) => {
    const { cluster } = target;
    const observedAt = now().toISOString();
    const read = await readKustomization(client, target);
    if (read === 'absent') return { kind: 'absent', target, observedAt };
    const { origin } = read;
    return observeKustomization({
      target,
      observedAt,
      ...read,
      statuses: read.raw.map((status) => status ?? null),
      automations: await writers(`${cluster}/${origin.namespace}`, () => readImageAutomations(client, cluster, origin)),
      controllerVersion: await version(cluster, () => controllerVersion(client, cluster, controllers)),
    });
  };
}

interface Writing {
  readonly client: FluxClient;
  readonly target: DeliveryTarget;
  readonly seen: Seen;
}

async function requestSync({ now, ...writing }: Writing & { readonly now: Date }, request: SyncRequest): Promise<SyncOutcome> {
  const step = nextSyncStep(request, writing.seen, now);
  if (step.kind === 'answer') return step.outcome;
  return (await write(writing, step.request)) === 'absent' ? { kind: 'absent' } : { kind: 'accepted', asked: step.asked };
}

/** The source first: a Kustomization that is asked before applies what was there already, and holds up what is coming. */
async function write({ client, target, seen }: Writing, request: FluxRequest): Promise<'patched' | 'absent'> {
  const { kind, namespace, name } = seen.origin;
  const of = sourceKind(kind);
  if (request.source !== undefined && of !== undefined) {
    await client.patch({ cluster: target.cluster, of, namespace, name }, request.source);
  }
  return request.kustomization === undefined ? 'patched' : client.patch(placeOf(target), request.kustomization);
}

/** Resumed, the field goes: one that says `false` would stand against what Git says of it. */
async function setSuspended(
  { client, target, seen }: Omit<Writing, 'seen'> & { readonly seen: Seen | Absent },
  suspended: boolean,
): Promise<SuspendOutcome> {
  if (seen.kind === 'absent') return 'absent';
  if (seen.suspended === suspended) return 'already-so';
  const patched = await client.patch(placeOf(target), { spec: { suspend: suspended ? true : null } });
  return patched === 'patched' ? 'done' : 'absent';
}

function placeOf({ cluster, namespace, name }: DeliveryTarget): Place {
  return { cluster, of: kustomizations, namespace, name };
}
