import {
  builtInPolicy,
  compareEnvironment,
  driftSummary,
  imageFindings,
  trackDrift,
  type Controller,
  type DriftReport,
  type DriftRules,
  type EnvironmentId,
  type IgnoreRule,
  type JsonObject,
  type LiveContainer,
  type ObjectRef,
  type RepoPath,
  type ResolvedPolicy,
  type WatchCoverage,
} from '@fairlead/domain';
import type { Clock } from '../ports/clock.ts';
import type { Cluster, ObjectScope } from '../ports/cluster.ts';
import type { ClusterDryRun } from '../ports/cluster-dry-run.ts';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { Renderer } from '../ports/renderer.ts';
import { confirmDrift } from './confirm-drift.ts';
import { loadDesired, type DesiredObjects, type NotRendered } from './desired-objects.ts';
import { readClusterKinds, rulesFor } from './drift-settings.ts';
import { SeenKinds } from './seen-kinds.ts';
import type { ImageDigests } from './target-comparison.ts';
import { isPod, joinedCoverage, watchedScopes } from './watched-scope.ts';

export interface ScanPorts {
  readonly cluster: Cluster;
  readonly renderer: Renderer;
  readonly clock: Clock;
  /** What stands in place of a secret. */
  readonly hashSecret: (value: string) => string;
  /** Where the API server is to confirm each difference. */
  readonly dryRun?: ClusterDryRun;
}

/** Where an environment's objects are looked for. */
export interface ScanPlace {
  /** As the report names it. */
  readonly target: string;
  readonly cluster: string;
  /** Where objects go that name no namespace. */
  readonly namespace?: string;
  /** Whose additions are trusted; absent: only the cluster's own. */
  readonly controller?: Controller;
  /** What the controller says it manages, where somebody has asked it. */
  readonly managed?: readonly ObjectRef[];
  /** What the controller is told to ignore. */
  readonly ignore?: readonly IgnoreRule[];
}

export interface ScanRequest {
  readonly environment: EnvironmentId;
  /** The folder to render, from the root of `files`. */
  readonly path: RepoPath | '';
  readonly files: FileSnapshot;
  /** Which commit the files are of. */
  readonly commit: DesiredObjects['commit'];
  /** Beside those that the desired objects name. */
  readonly namespaces: readonly string[];
  /** Where whatever nobody asked for is drift. */
  readonly ownedNamespaces: readonly string[];
  readonly places: readonly ScanPlace[];
  /** Digests that an image may run as, where a release says so. */
  readonly images?: ImageDigests;
  readonly policy?: Pick<ResolvedPolicy, 'drift'>;
}

export type Scanned = { readonly kind: 'scanned'; readonly reports: readonly DriftReport[] } | NotRendered;

/** One look: renders, lists, compares. Needs no server and writes nothing. A kind that can't be listed is a gap in the report, never a difference. */
export async function scanDrift(ports: ScanPorts, request: ScanRequest): Promise<Scanned> {
  const reports: DriftReport[] = [];
  for (const place of request.places) {
    const scanned = await scanPlace(ports, request, place);
    if (scanned.kind === 'not-rendered') return scanned;
    reports.push(scanned.report);
  }
  return { kind: 'scanned', reports };
}

export interface ScanBasis {
  readonly kind: 'ready';
  readonly desired: DesiredObjects;
  readonly rules: DriftRules;
  readonly scopes: readonly ObjectScope[];
}

/** What one place is compared by. */
export async function scanBasis(ports: ScanPorts, request: ScanRequest, place: ScanPlace): Promise<ScanBasis | NotRendered> {
  const kinds = await readClusterKinds(ports.cluster, place.cluster);
  const { path, files, commit, environment, ownedNamespaces, policy = builtInPolicy } = request;
  const home = place.namespace === undefined ? {} : { namespace: place.namespace };
  const loaded = await loadDesired(ports, { path, files, commit, ...home, clusterScoped: kinds.clusterScoped });
  if (loaded.kind === 'not-rendered') return loaded;
  const { desired } = loaded;
  const { target, controller = 'none', cluster, managed = [], ignore = [] } = place;
  const refs = [...[...desired.objects.values()].map(({ ref }) => ref), ...managed];
  const namespaces = new Set([...request.namespaces, ...refs.flatMap(({ namespace }) => namespace ?? [])]);
  return {
    kind: 'ready',
    desired,
    rules: rulesFor(
      { environment, target, controller, kinds, ownedNamespaces, hashSecret: ports.hashSecret, policy, ignore, ...home },
      desired,
    ),
    scopes: watchedScopes({ cluster, namespaces: [...namespaces], ownedNamespaces, refs, kinds }),
  };
}

type PlaceScanned = { readonly kind: 'scanned'; readonly report: DriftReport } | NotRendered;

async function scanPlace(ports: ScanPorts, request: ScanRequest, place: ScanPlace): Promise<PlaceScanned> {
  const basis = await scanBasis(ports, request, place);
  if (basis.kind === 'not-rendered') return basis;
  const { desired, rules, scopes } = basis;
  const live: JsonObject[] = [];
  const containers: LiveContainer[] = [];
  const seen: WatchCoverage[] = [];
  for (const scope of scopes) {
    const coverage = await ports.cluster.listObjects(scope, (one) => {
      live.push(one.object);
      if (isPod(one.ref)) containers.push(...ports.cluster.containersOf(one));
    });
    seen.push(coverage);
  }
  const coverage = joinedCoverage(seen);
  const at = ports.clock.now().toISOString();
  const looked = lookedBy(coverage, at);
  const wanted = [...desired.objects.values()].map(({ object }) => object);
  const compared = compareEnvironment(
    rules,
    { desired: wanted, live, looked, ...(place.managed === undefined ? {} : { inventory: place.managed }) },
    at,
  );
  const inventory = { observedAt: at, namespaces: coverage.namespaces, containers };
  const images = imageFindings(rules, { desired: wanted, inventory, resolved: request.images ?? {} }, at);
  const { opened } = trackDrift([], { target: place.target, findings: [...compared.findings, ...images], looked, at });
  const { dryRun } = ports;
  const items = dryRun === undefined ? opened : await confirmDrift(dryRun, { cluster: place.cluster, rules, desired, live, at }, opened);
  const report: DriftReport = {
    apiVersion: 'fairlead.dev/v1',
    kind: 'DriftReport',
    environment: request.environment,
    target: place.target,
    desired: { commit: desired.commit, digest: desired.digest },
    observedAt: at,
    coverage,
    summary: driftSummary(items, compared.objects),
    items,
  };
  return { kind: 'scanned', report };
}

function lookedBy({ kinds, gaps }: WatchCoverage, at: string): (ref: ObjectRef) => boolean {
  const seen = new SeenKinds();
  for (const name of kinds) {
    const [kind = '', version = '', group = ''] = name.split('/').toReversed();
    seen.take({ kind: 'in-sync', of: { group, version, kind }, at });
  }
  for (const gap of gaps) seen.take({ kind: 'gap', gap });
  return (ref) => seen.sees(ref);
}
