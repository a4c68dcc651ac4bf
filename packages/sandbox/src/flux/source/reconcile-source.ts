import { at, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, namespaceOf } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { after, done, type Outcome } from '../controller/object-worker.ts';
import { intervalMs } from '../controller/pace.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { artifactDigest } from './artifact-digest.ts';
import { markProgress, markRetrying, summariseReady } from './source-conditions.ts';
import { FetchError, type SourceKind, type Upstream } from './source-kind.ts';
import { sourceGroup } from './source-version.ts';

/** One object of one kind of source. */
export interface SourceDraft {
  readonly context: FluxContext;
  readonly draft: StatusDraft;
  readonly kind: SourceKind;
}

/** As source-controller does it: look what is upstream, and store its files if they are new. */
export async function reconcileSource(source: SourceDraft): Promise<Outcome> {
  const { context, draft, kind } = source;
  if (draft.isTerminating) {
    context.artifacts.removeSource(folderOf(source));
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
    await store(source, await kind.look(context, draft));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return fail(source, error.message);
  }
  return succeed(context, draft);
}

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

async function store(source: SourceDraft, upstream: Upstream): Promise<void> {
  const { context, draft } = source;
  const { revision } = upstream;
  const ignore = textAt(draft.object, 'spec', 'ignore');
  const isNewRevision = textAt(draft.field('artifact'), 'revision') !== revision;
  if (isNewRevision || ignore !== draft.text('observedIgnore')) {
    const files = await upstream.load();
    draft.drop('FetchFailed');
    if (isNewRevision) await announceRevision(draft, revision);
    const path = `${folderOf(source)}/${upstream.id}.tar.gz`;
    const { digest, size } = await artifactDigest(files, ignore);
    context.artifacts.put(path, files);
    context.artifacts.removeOthers(path);
    draft.set('artifact', {
      digest,
      lastUpdateTime: timestamp(context.now()),
      ...(upstream.metadata !== undefined && { metadata: upstream.metadata }),
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
  const message = `stored artifact for revision '${revision}'`;
  draft.mark({ type: 'ArtifactInStorage', status: 'True', reason: 'Succeeded', message });
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

async function fail({ context, draft, kind: { failure: reason } }: SourceDraft, message: string): Promise<Outcome> {
  draft.mark({ type: 'FetchFailed', status: 'True', reason, message });
  context.record.source(draft.object, { type: 'Warning', reason, message });
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

function folderOf({ draft: { object }, kind }: SourceDraft): string {
  return `${kind.kind.toLowerCase()}/${namespaceOf(object)}/${nameOf(object)}`;
}
