import { randomInt } from 'node:crypto';
import {
  NotFoundError,
  UpstreamError,
  type DeliveryObservation,
  type DeliveryTarget,
  type JsonObject,
  type ObservedArgoCd,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery, DeliveryCapabilities } from '@fairlead/engine';
import { lately } from '../../http/lately.ts';
import { controllerNamespace, projectName, readProject } from './app-project.ts';
import { absent, argoCdClient, nameOf, parsed, type ArgoCdClient } from './client.ts';
import { controllerVersion } from './controller-version.ts';
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
  const around = surroundings(options);
  const { client, now } = around;
  return {
    capabilities: argoCdCapabilities,
    observe: (target) => observe(around, target),
    requestSync: (target, request) => requestSync(around, target, request),
    requestRefresh: (target) => requestRefresh(client, target, now()),
    setSuspended: () => Promise.resolve('unsupported'),
    watch(cluster, namespace, changed) {
      return Promise.resolve(watchApplications({ cluster, namespace, changed }, options));
    },
    discover: (cluster, source) => discoverApplications(client, options.namespaces ?? ['argocd'], { cluster, ...source }),
  };
}

/** What many Applications share and what seldom changes is read once in a while, not at each look. */
interface Surroundings {
  readonly client: ArgoCdClient;
  readonly now: () => Date;
  readonly project: (cluster: string, application: Application) => Promise<NonNullable<ObservedArgoCd['project']>>;
  readonly version: (cluster: string, application: Application) => Promise<string | undefined>;
}

const projectAgeMs = 10_000;
const versionAgeMs = 600_000;

function surroundings(options: ArgoCdOptions): Surroundings {
  const client = argoCdClient(options);
  const now = options.now ?? ((): Date => new Date());
  const projects = lately<NonNullable<ObservedArgoCd['project']>>(projectAgeMs, now);
  const versions = lately<string | undefined>(versionAgeMs, now);
  const placeOf = (cluster: string, application: Application): string => `${cluster} ${controllerNamespace(application)}`;
  return {
    client,
    now,
    project: (cluster, application) =>
      projects(`${placeOf(cluster, application)} ${projectName(application)}`, () => readProject(client, cluster, application)),
    version: (cluster, application) =>
      versions(placeOf(cluster, application), () => controllerVersion(client, cluster, controllerNamespace(application))),
  };
}

async function observe({ client, now, project, version }: Surroundings, target: DeliveryTarget): Promise<DeliveryObservation> {
  const observedAt = now().toISOString();
  const object = await client.read(target);
  if (object === absent) return { kind: 'absent', target, observedAt };
  const doing = `reading ${nameOf(target)}`;
  const application = parsed(Application, object, doing);
  const { status } = parsed(RawApplication, object, doing);
  const running = await version(target.cluster, application);
  return observeApplication({
    target,
    observedAt,
    application,
    status,
    project: await project(target.cluster, application),
    ...(running === undefined ? {} : { controllerVersion: running }),
  });
}

const attempts = 5;

/** Each attempt looks again first, so a write that got through without an answer is found and not repeated. */
async function requestSync({ client, now, project }: Surroundings, target: DeliveryTarget, request: SyncRequest): Promise<SyncOutcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const object = await client.read(target);
    if (object === absent) return { kind: 'absent' };
    const application = parsed(Application, object, `reading ${nameOf(target)}`);
    const { windows = [] } = await project(target.cluster, application);
    const step = nextSyncStep(request, application, { target, windows, now: now() });
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

/** The time-stamp must be new: the controller takes the request away only if it is still the one that it answered. A hydrator is asked besides: what it has not
 *  rendered yet, no comparison finds. */
async function requestRefresh(client: ArgoCdClient, target: DeliveryTarget, at: Date): Promise<void> {
  const object = await client.read(target);
  const hydrates = object !== absent && Boolean(parsed(Application, object, `reading ${nameOf(target)}`).spec.sourceHydrator);
  const stamp = at.toISOString().replace('Z', `${String(randomInt(1_000_000)).padStart(6, '0')}Z`);
  const annotations = { ...requestOf('refresh', stamp), ...(hydrates ? requestOf('hydrate', stamp) : {}) };
  const written = await client.patch(target, { metadata: { annotations } });
  if (written === 'absent') throw new NotFoundError('application-unknown', `no ${nameOf(target)}`, { hint: 'see: fairlead doctor' });
}

function requestOf(what: 'refresh' | 'hydrate', stamp: string): JsonObject {
  return { [`argocd.argoproj.io/${what}`]: 'normal', [`argocd.argoproj.io/${what}-timestamp`]: stamp };
}
