import { specOf, projectNameOf, sourcesOf, statusOf, trackingName } from '../application/application.ts';
import { revisionsIn, targetRevision } from '../application/app-sources.ts';
import { checkSpec } from '../application/check-spec.ts';
import { compareApp } from '../application/compare-app.ts';
import { type AppCondition } from '../application/conditions.ts';
import { statusAfterCompare, statusAfterInvalidSpec, type CompareFinding } from '../application/status-after-compare.ts';
import { comparisonPatch } from '../application/status-patch.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { type KindName } from '../cluster/object-index.ts';
import { appHealth } from '../health/app-health.ts';
import { listAt, objectAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { keyOf, keyText, nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { imagesOf } from '../sync/sync-task.ts';
import { type ControllerContext } from './controller-context.ts';
import { type Loaded } from './manifest-loader.ts';
import { isAtLeast, type RefreshLevel } from './refresh-level.ts';

/** Compares an application and writes what it found, if that is news. */
export async function refreshApplication(context: ControllerContext, application: KubeObject, level: RefreshLevel): Promise<void> {
  const startedAt = context.now();
  const status = await statusAfter(context, application, { level, startedAt });
  const operations = comparisonPatch(application, status);
  if (operations.length === 0) return;
  // Refused: somebody wrote meanwhile, whose change wakes this application again.
  if ((await context.applications.patch(nameOf(application), operations)) === 'patched') recordChanges(context, application, status);
}

async function statusAfter(
  context: ControllerContext,
  application: KubeObject,
  { level, startedAt }: { readonly level: RefreshLevel; readonly startedAt: Date },
): Promise<JsonObject> {
  const verdict = checkSpec(application, { project: context.project(projectNameOf(application)), clusters: context.clusters });
  if (verdict.kind === 'invalid') return statusAfterInvalidSpec(application, verdict.conditions, context.now());

  const fresh = isAtLeast(level, 'git');
  const sources = sourcesOf(application);
  const known = revisionsIn(objectAt(statusOf(application), 'sync'), sources);
  const tracked = trackingName(application, context.namespace);
  const { cluster } = verdict;
  const revisions = fresh || known.length === 0 ? sources.sources.map(targetRevision) : known;
  const loaded = await context.manifests.load({ application, trackingName: tracked, cluster, sources, revisions, hard: level === 'hard' });
  await cluster.live.watch([...declaredKinds(loaded), ...knownKinds(application)]);
  const finding = compare(application, { cluster, loaded, tracked });
  return statusAfterCompare(application, finding, {
    controllerNamespace: context.namespace,
    startedAt,
    now: context.now(),
    movesReconciledAt: fresh,
  });
}

interface Compared {
  readonly cluster: Cluster;
  readonly loaded: Loaded;
  /** The application as tracking names it. */
  readonly tracked: string;
}

function compare(application: KubeObject, { cluster: { live }, loaded, tracked }: Compared): CompareFinding {
  const declared = loaded.kind === 'loaded' ? loaded.objects : undefined;
  const trackedLive = live.trackedBy(tracked);
  const comparison = compareApp(specOf(application), {
    declared,
    tracked: trackedLive,
    liveOf: (target) => live.find(target.apiVersion, keyOf(target)),
  });
  const pods = trackedLive.flatMap((object) => [object, ...live.descendants(object)]).filter(({ kind }) => kind === 'Pod');
  const images = [...new Set(pods.flatMap(imagesOf))].sort();
  const sources = sourcesOf(application);
  const common = { sync: comparison.status, resources: comparison.resources, images, sources };
  if (loaded.kind === 'failed') {
    const revisions = sources.sources.map(targetRevision);
    const conditions: readonly AppCondition[] = [{ type: 'ComparisonError', message: loaded.message }];
    return { ...common, health: appHealth(comparison.pairs), revisions, sourceTypes: [], conditions };
  }
  return {
    ...common,
    health: appHealth(comparison.pairs),
    revisions: loaded.revisions,
    sourceTypes: loaded.sourceTypes,
    conditions: loaded.repeated.map(repeatedCondition),
  };
}

function repeatedCondition(object: KubeObject): AppCondition {
  return { type: 'RepeatedResourceWarning', message: `Resource ${keyText(keyOf(object))} appeared 2 times among application resources.` };
}

function declaredKinds(loaded: Loaded): readonly KindName[] {
  return loaded.kind === 'loaded' ? loaded.objects.map(({ apiVersion, kind }) => ({ apiVersion, kind })) : [];
}

/** Kinds that it had before: what is no longer declared must still be seen, to be pruned. */
function knownKinds(application: KubeObject): readonly KindName[] {
  return listAt(application, 'status', 'resources').map((row: Json) => {
    const group = textAt(row, 'group') ?? '';
    const version = textAt(row, 'version') ?? '';
    return { apiVersion: group === '' ? version : `${group}/${version}`, kind: textAt(row, 'kind') ?? '' };
  });
}

function recordChanges(context: ControllerContext, application: KubeObject, status: JsonObject): void {
  for (const what of ['sync', 'health']) {
    const before = textAt(application, 'status', what, 'status') ?? '';
    const after = textAt(status, what, 'status') ?? '';
    if (before === after) continue;
    context.record(application, { type: 'Normal', reason: 'ResourceUpdated', message: `Updated ${what} status: ${before} -> ${after}` });
  }
}
