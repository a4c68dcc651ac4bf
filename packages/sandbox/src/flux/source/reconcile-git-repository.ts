import { at, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, namespaceOf } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { SourceError } from '../../source/git-mirror.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { after, done, type Outcome } from '../controller/object-worker.ts';
import { intervalMs } from '../controller/pace.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { artifactDigest } from './artifact-digest.ts';
import { resolveReference, UnknownReferenceError, type ResolvedReference } from './git-reference.ts';
import { sourceGroup } from './source-version.ts';
import { markProgress, markRetrying, summariseReady } from './source-conditions.ts';

/** As source-controller does it: look which commit the reference names, and store that commit's files if they are new. */
export async function reconcileGitRepository(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  if (draft.isTerminating) {
    context.artifacts.removeSource(folderOf(draft));
    if (draft.hasFinalizer) await draft.removeFinalizer();
    return done;
  }
  if (!draft.hasFinalizer) {
    await draft.addFinalizer();
    return after(0);
  }
  if (at(draft.object, 'spec', 'suspend') === true) return leaveSuspended(draft);

  await announce(draft);
  await dropLostArtifact(context, draft);
  try {
    await store(context, draft, await resolve(context, draft));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return fail(context, draft, error.message);
  }
  return succeed(context, draft);
}

/** Why there is nothing new to store. */
class FetchError extends Error {}

/** A suspended object still looks handled: its request is copied and its generation observed. */
async function leaveSuspended(draft: StatusDraft): Promise<Outcome> {
  draft.recordRequest();
  markRetrying(draft);
  summariseReady(draft);
  if (draft.hasConditions) draft.set('observedGeneration', draft.generation);
  await draft.save();
  return done;
}

async function announce(draft: StatusDraft): Promise<void> {
  const { generation, observedGeneration } = draft;
  markProgress(draft, 'reconciliation in progress', false);
  if (generation !== observedGeneration) {
    markProgress(draft, `processing object: new generation ${String(observedGeneration)} -> ${String(generation)}`, false);
    await draft.save();
  } else if (draft.requested !== draft.text('lastHandledReconcileAt')) await draft.save();
}

async function dropLostArtifact({ artifacts }: FluxContext, draft: StatusDraft): Promise<void> {
  const stored = textAt(draft.field('artifact'), 'path');
  if (stored !== undefined && artifacts.get(stored) !== undefined) return;
  draft.set('artifact', undefined);
  markProgress(draft, stored === undefined ? 'building artifact' : 'building artifact: disappeared from storage', true);
  draft.drop('ArtifactInStorage');
  await draft.save();
}

async function resolve({ mirrors }: FluxContext, draft: StatusDraft): Promise<ResolvedReference> {
  const url = urlOf(draft);
  try {
    return resolveReference(objectAt(draft.object, 'spec', 'ref'), await mirrors.of(url).refs());
  } catch (error) {
    throw fetchError(url, error);
  }
}

function fetchError(url: string, error: unknown): Error {
  const prefix = `failed to checkout and determine revision: unable to clone '${url}': `;
  if (error instanceof UnknownReferenceError) return new FetchError(prefix + error.message);
  if (error instanceof SourceError) return new FetchError(prefix + error.detail);
  return error instanceof Error ? error : new Error(String(error));
}

async function store(context: FluxContext, draft: StatusDraft, { commit, revision }: ResolvedReference): Promise<void> {
  const ignore = textAt(draft.object, 'spec', 'ignore');
  const before = draft.field('artifact');
  const isNewRevision = textAt(before, 'revision') !== revision;
  if (isNewRevision || ignore !== draft.text('observedIgnore')) {
    const url = urlOf(draft);
    const files = await context.mirrors
      .of(url)
      .files(commit)
      .catch((error: unknown) => {
        throw fetchError(url, error);
      });
    draft.drop('FetchFailed');
    if (isNewRevision) await announceRevision(draft, revision);
    const path = `${folderOf(draft)}/${commit}.tar.gz`;
    const { digest, size } = await artifactDigest(files, ignore);
    context.artifacts.put(path, files);
    context.artifacts.removeOthers(path);
    draft.set('artifact', {
      digest,
      lastUpdateTime: timestamp(context.now()),
      path,
      revision,
      size,
      url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
    });
    draft.set('observedIgnore', ignore);
    tellStored(context, draft, revision);
  }
  draft.drop('FetchFailed');
  draft.drop('ArtifactOutdated');
  draft.mark({
    type: 'ArtifactInStorage',
    status: 'True',
    reason: 'Succeeded',
    message: `stored artifact for revision '${revision}'`,
  });
}

async function announceRevision(draft: StatusDraft, revision: string): Promise<void> {
  const message = `new upstream revision '${revision}'`;
  if (draft.field('artifact') !== undefined) draft.mark({ type: 'ArtifactOutdated', status: 'True', reason: 'NewRevision', message });
  markProgress(draft, `building artifact: ${message}`, true);
  await draft.save();
}

function tellStored({ record }: FluxContext, draft: StatusDraft, revision: string): void {
  const digest = textAt(draft.field('artifact'), 'digest') ?? '';
  const annotations: JsonObject = { [`${sourceGroup}/revision`]: revision, [`${sourceGroup}/digest`]: digest };
  record.source(draft.object, { type: 'Normal', reason: 'NewArtifact', message: `stored artifact for commit '${revision}'`, annotations });
}

async function fail({ record }: FluxContext, draft: StatusDraft, message: string): Promise<Outcome> {
  draft.mark({ type: 'FetchFailed', status: 'True', reason: 'GitOperationFailed', message });
  record.source(draft.object, { type: 'Warning', reason: 'GitOperationFailed', message });
  draft.recordRequest();
  markRetrying(draft);
  summariseReady(draft);
  await draft.save();
  return { kind: 'failed' };
}

async function succeed({ pace }: FluxContext, draft: StatusDraft): Promise<Outcome> {
  draft.recordRequest();
  draft.drop('Reconciling');
  draft.drop('Stalled');
  summariseReady(draft);
  draft.set('observedGeneration', draft.generation);
  await draft.save();
  return after(intervalMs(pace, textAt(draft.object, 'spec', 'interval') ?? '1m'));
}

function urlOf(draft: StatusDraft): string {
  return textAt(draft.object, 'spec', 'url') ?? '';
}

function folderOf({ object }: StatusDraft): string {
  return `gitrepository/${namespaceOf(object)}/${nameOf(object)}`;
}
