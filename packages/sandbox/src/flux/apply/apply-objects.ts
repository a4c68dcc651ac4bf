import { KubeApiError } from '../../kube/kube-client.ts';
import { isKubeObject, namespaceOf, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { objectAt } from '../../json/json.ts';
import { pause } from '../../kube/pause.ts';
import { changeLog, subjectOf, type Change } from './change-set.ts';
import { claimFields } from './claim-fields.ts';
import { hasDrifted } from './has-drifted.ts';
import { stagesOf } from './kind-order.ts';
import { hasFlag } from './metadata-flag.ts';
import { deleteLive, impersonating, ownerLabels, pathOf, readLive, serverSideApply, type TargetCluster } from './target-cluster.ts';

export interface ApplyOptions {
  /** Delete and create anew what can't be changed in place. */
  readonly force: boolean;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** Called with what definitions and classes became, before anything that depends on them is applied. */
  readonly settle: (stage: readonly Change[]) => Promise<void>;
}

/** Applies objects, each only if it differs from what is live, every one of a stage tried dry before the first is written. Throws what the status shall say. */
export async function applyObjects(
  cluster: TargetCluster,
  objects: readonly KubeObject[],
  options: ApplyOptions,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const stages = stagesOf(objects.map((object) => withOwner(object, cluster)));
  for (const [index, stage] of stages.entries()) {
    try {
      const applied = await applyStage(cluster, stage, options);
      changes.push(...applied);
      if (index < stages.length - 1) await options.settle(applied);
    } catch (error) {
      const log = changeLog(changes);
      throw new Error(`${errorText(error)}\n${log === '' ? '' : `${log}\n`}`, { cause: error });
    }
  }
  return changes;
}

function withOwner(object: KubeObject, { owner }: TargetCluster): KubeObject {
  return withMetadata(object, { ...object.metadata, labels: { ...objectAt(object.metadata, 'labels'), ...ownerLabels(owner) } });
}

async function applyStage(cluster: TargetCluster, stage: readonly KubeObject[], options: ApplyOptions): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const object of stage) changes.push(await planObject(cluster, object, options));
  for (const { object, action } of changes) {
    if (action !== 'created' && action !== 'configured') continue;
    try {
      await serverSideApply(cluster, object, false);
    } catch (error) {
      throw new Error(`${subjectOf(object)} apply failed: ${errorText(error)}`, { cause: error });
    }
  }
  return changes;
}

/** What an apply would do to one object; on the way, what kubectl set becomes the owner's to take back. */
async function planObject(cluster: TargetCluster, object: KubeObject, options: ApplyOptions): Promise<Change> {
  // Who may not read may still be told, by the dry run, what else is forbidden.
  const live = await readLive(cluster, object).catch(() => undefined);
  if (isSkipped(cluster, object, live)) return { object: live ?? object, action: 'skipped' };
  const applied = await dryRun(cluster, { object, live }, options);
  if (live === undefined || applied === 'recreate') return { object, action: live === undefined ? 'created' : 'configured' };
  const claimed = await claim(cluster, object, live);
  return { object, action: claimed || hasDrifted(live, applied) ? 'configured' : 'unchanged' };
}

function isSkipped({ owner: { group } }: TargetCluster, object: KubeObject, live: KubeObject | undefined): boolean {
  const isOut = (either: KubeObject | undefined): boolean =>
    hasFlag(either, `${group}/reconcile`, ['disabled']) || hasFlag(either, `${group}/ssa`, ['ignore']);
  return isOut(object) || isOut(live) || (live !== undefined && hasFlag(object, `${group}/ssa`, ['ifnotpresent']));
}

interface Planned {
  readonly object: KubeObject;
  readonly live: KubeObject | undefined;
}

async function dryRun(cluster: TargetCluster, { object, live }: Planned, options: ApplyOptions): Promise<KubeObject | 'recreate'> {
  try {
    const applied = await serverSideApply(cluster, object, true);
    if (!isKubeObject(applied)) throw new Error('the answer holds no object');
    return applied;
  } catch (error) {
    const forceKey = `${cluster.owner.group}/force`;
    const isForced = options.force || hasFlag(object, forceKey, ['enabled']) || hasFlag(live, forceKey, ['enabled']);
    if (live === undefined || !isForced || !isImmutable(error)) throw dryRunError(object, error);
    await recreate(cluster, live, options);
    return 'recreate';
  }
}

async function recreate(cluster: TargetCluster, live: KubeObject, { pollMs, signal }: ApplyOptions): Promise<void> {
  await deleteLive(cluster, live);
  while (!signal.aborted && (await readLive(cluster, live)) !== undefined) await pause(pollMs, signal);
}

function isImmutable(error: unknown): boolean {
  if (!(error instanceof KubeApiError)) return false;
  return ['Invalid', 'Conflict'].includes(error.reason) || /is immutable|immutable field/.test(error.message);
}

async function claim(cluster: TargetCluster, object: KubeObject, live: KubeObject): Promise<boolean> {
  const { owner, client } = cluster;
  const keeps = (either: KubeObject): boolean => hasFlag(either, `${owner.group}/ssa`, ['merge']);
  const body = keeps(object) || keeps(live) ? [] : claimFields(live, owner.field);
  if (body.length === 0) return false;
  const path = await pathOf(cluster, live);
  const contentType = 'application/json-patch+json';
  await client.send({ verb: 'PATCH', path, query: { fieldManager: owner.field }, body, contentType, ...impersonating(cluster) });
  return true;
}

function dryRunError(object: KubeObject, error: unknown): Error {
  const subject = subjectOf(object);
  if (!(error instanceof KubeApiError)) return new Error(`${subject} dry-run failed: ${errorText(error)}`, { cause: error });
  if (error.status === 404) {
    const what = namespaceOf(object) === '' ? 'namespace not specified' : 'not found';
    return new Error(`${subject} ${what}: ${error.message}`, { cause: error });
  }
  return new Error(`${subject} dry-run failed${error.reason === '' ? '' : ` (${error.reason})`}: ${error.message}`, { cause: error });
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
