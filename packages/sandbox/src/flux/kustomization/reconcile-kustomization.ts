import { at } from '../../json/json.ts';
import { formatGoDuration, parseGoDuration } from '../../kube/go-duration.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { after, done, type Outcome } from '../controller/object-worker.ts';
import { intervalMs } from '../controller/pace.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { deliverRevision } from './deliver-revision.ts';
import { DeliveryError } from './delivery.ts';
import { finalizeKustomization } from './finalize-kustomization.ts';
import { intervalOf, retryIntervalOf } from './flux-kustomization.ts';
import { invalidHealthExpression } from './health-expressions.ts';
import { recordFor } from './kustomize-events.ts';
import { readSource, type FoundSource } from './read-source.ts';
import { unmetDependency } from './unmet-dependency.ts';

/** As kustomize-controller does it: bring what the source holds into the cluster, and undo what drifted from it meanwhile. */
export async function reconcileKustomization(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  if (draft.isTerminating) return finalizeKustomization(context, draft);
  if (!draft.hasFinalizer) {
    await draft.addFinalizer();
    return after(0);
  }
  const isSuspended = at(draft.object, 'spec', 'suspend') === true;
  const startedAt = performance.now();
  const outcome = isSuspended ? done : await reconcileActive(context, draft);
  await settle(draft);
  if (!isSuspended && draft.is('Ready', 'True')) {
    const revision = draft.text('lastAppliedRevision');
    const next = formatGoDuration(parseGoDuration(intervalOf(draft.object)));
    const message = `Reconciliation finished in ${formatGoDuration(performance.now() - startedAt)}, next run in ${next}`;
    recordFor({ context, draft, ...(revision !== undefined && { artifact: { revision } }) }, 'Normal', message);
  }
  return outcome;
}

/** What ends every look at an object, also at a suspended one: the request is handled, and the generation observed if all is well. */
async function settle(draft: StatusDraft): Promise<void> {
  draft.recordRequest();
  const reconciling = draft.condition('Reconciling');
  if (draft.is('Ready', 'True')) {
    draft.drop('Reconciling');
    draft.set('observedGeneration', draft.generation);
  }
  if (draft.is('Ready', 'False') && reconciling !== undefined) draft.mark({ ...reconciling, reason: 'ProgressingWithRetry' });
  await draft.save();
}

async function reconcileActive(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  const invalid = invalidHealthExpression(draft.object);
  if (invalid !== undefined) return stall(context, draft, { reason: 'InvalidCELExpression', message: `${terminal}: ${invalid}` });

  const lookup = await readSource(context, draft.object);
  switch (lookup.kind) {
    case 'denied':
      return stall(context, draft, { reason: 'AccessDenied', message: lookup.message });
    case 'absent':
      notReady(draft, 'ArtifactFailed', lookup.message);
      return after(intervalMs(context.pace, retryIntervalOf(draft.object)));
    case 'found':
      return reconcileSource(context, draft, lookup.source);
  }
}

const terminal = 'Reconciliation failed terminally due to configuration error';

async function reconcileSource(context: FluxContext, draft: StatusDraft, { artifact }: FoundSource): Promise<Outcome> {
  const { artifacts, pace } = context;
  if (artifact === undefined) {
    notReady(draft, 'ArtifactFailed', 'Source artifact not found, retrying in 30s');
    return after(pace.pollMs);
  }
  const unmet = await unmetDependency(context, draft.object, artifact.revision);
  if (unmet !== undefined) {
    notReady(draft, 'DependencyNotReady', unmet);
    recordFor({ context, draft, artifact }, 'Normal', 'Dependencies do not meet ready condition, retrying in 30s');
    return after(pace.pollMs);
  }
  const files = artifacts.get(artifact.path);
  if (files === undefined) {
    notReady(draft, 'ArtifactFailed', 'Source is not ready, artifact not found, retrying in 30s');
    return after(pace.pollMs);
  }
  const delivery = { context, draft, artifact, files };
  try {
    await deliverRevision(delivery);
    return after(intervalMs(pace, intervalOf(draft.object)));
  } catch (error) {
    // What was cut short by our own end says nothing about the cluster.
    if (!(error instanceof DeliveryError) || context.signal.aborted) throw error;
    notReady(draft, error.reason, error.message);
    recordFor(delivery, 'Warning', error.message);
    return after(intervalMs(pace, retryIntervalOf(draft.object)));
  }
}

function notReady(draft: StatusDraft, reason: string, message: string): void {
  draft.mark({ type: 'Ready', status: 'False', reason, message });
}

/** Wrong until somebody edits the object. */
function stall(
  context: FluxContext,
  draft: StatusDraft,
  { reason, message }: { readonly reason: string; readonly message: string },
): Outcome {
  notReady(draft, reason, message);
  draft.drop('Reconciling');
  draft.mark({ type: 'Stalled', status: 'True', reason, message });
  if (reason === 'InvalidCELExpression') draft.set('observedGeneration', draft.generation);
  recordFor({ context, draft }, 'Warning', message);
  return done;
}
