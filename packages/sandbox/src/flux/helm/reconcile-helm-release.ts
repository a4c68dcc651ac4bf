import { createHash } from 'node:crypto';

import { at, textAt } from '../../json/json.ts';
import { nameOf, namespaceOf } from '../../kube/kube-object.ts';
import { serverSideApply } from '../apply/target-cluster.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { after, done, type Outcome } from '../controller/object-worker.ts';
import { intervalMs } from '../controller/pace.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { chartSourceOf, driftModeOf, releaseTargetOf, timeoutOf } from './helm-release.ts';
import { loadChart } from './load-chart.ts';
import { readValues } from './read-values.ts';
import { findDrift } from './release-drift.ts';
import { historyOf, nextStep, rememberAttempt, type NextStep, type ReleaseAction } from './release-state.ts';
import { releaseStorage } from './release-storage.ts';
import { helmTarget } from './helm-target.ts';
import { releaseLabel, type Release } from './release.ts';
import { remediate, uninstall } from './remediate.ts';
import { runRelease } from './run-release.ts';

/** As helm-controller does it: bring the release to its chart and values, and look whether it drifted where it is asked to. */
export async function reconcileHelmRelease(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  const isSuspended = at(draft.object, 'spec', 'suspend') === true;
  if (draft.isTerminating) {
    if (!isSuspended) await uninstall(context, draft);
    if (draft.hasFinalizer) await draft.removeFinalizer();
    return done;
  }
  if (!draft.hasFinalizer) {
    await draft.addFinalizer();
    return after(0);
  }
  const outcome = isSuspended ? done : await reconcileActive(context, draft);
  draft.recordRequest();
  if (outcome.kind !== 'failed') draft.set('observedGeneration', draft.generation);
  await draft.save();
  return outcome;
}

async function reconcileActive(context: FluxContext, draft: StatusDraft): Promise<Outcome> {
  const { object } = draft;
  draft.drop('Stalled');
  draft.mark({ type: 'Reconciling', status: 'True', reason: 'Progressing', message: 'Fulfilling prerequisites' });
  if (at(object, 'spec', 'chart') !== undefined) {
    draft.set('helmChart', `${chartSourceOf(object).namespace}/${namespaceOf(object)}-${nameOf(object)}`);
  }
  await draft.save();

  const lookup = await loadChart(context, object);
  if (lookup.kind !== 'loaded') {
    return notReady(draft, lookup.kind === 'not-ready' ? 'SourceNotReady' : 'ArtifactFailed', lookup.message);
  }
  const { chart } = lookup;
  try {
    const values = await readValues(context.client, object);
    const configDigest = `sha256:${createHash('sha256').update(JSON.stringify(values)).digest('hex')}`;
    const wanted = { chartName: chart.name, chartVersion: chart.version, configDigest };
    return await bringAbout({ context, draft, chart, values, wanted });
  } catch (error) {
    if (context.signal.aborted) throw error;
    return notReady(draft, 'ReconcileError', error instanceof Error ? error.message : String(error));
  }
}

function notReady(draft: StatusDraft, reason: string, message: string): Outcome {
  draft.mark({ type: 'Ready', status: 'False', reason, message });
  return { kind: 'failed' };
}

async function bringAbout(release: Release): Promise<Outcome> {
  const { context, draft, wanted } = release;
  draft.set('storageNamespace', releaseTargetOf(draft.object).storageNamespace);
  rememberAttempt(draft, wanted, release.chart.ociDigest);
  const step = nextStep(draft, wanted);
  switch (step.kind) {
    case 'exhausted':
      return stall(draft, step.message);
    case 'in-sync':
      await inspect(release, step);
      return rest(context, draft);
    case 'run':
      return run(release, step.action);
  }
}

async function run(release: Release, action: ReleaseAction): Promise<Outcome> {
  const { context, draft, wanted } = release;
  const message = `Running '${action}' action with timeout of ${timeoutOf(draft.object).text}`;
  draft.mark({ type: 'Reconciling', status: 'True', reason: 'Progressing', message });
  draft.mark({ type: 'Ready', status: 'Unknown', reason: 'Progressing', message });
  await draft.save();

  const outcome = await runRelease(release, action);
  summarise(draft);
  if (outcome.kind === 'released') {
    if (driftModeOf(draft.object) !== 'disabled') markNoDrift(draft);
    return rest(context, draft);
  }
  if (!outcome.stored) return { kind: 'failed' };
  await remediate(context, draft, action);
  summarise(draft);
  const next = nextStep(draft, wanted);
  if (next.kind === 'exhausted') return stall(draft, next.message);
  const said = draft.condition('Ready')?.message ?? '';
  draft.mark({ type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry', message: said });
  return { kind: 'failed' };
}

/** `Ready` is what was done last: a remediation, which is never good, or a release. */
function summarise(draft: StatusDraft): void {
  const remediated = draft.condition('Remediated');
  const released = draft.condition('Released');
  if (remediated !== undefined) draft.mark({ ...remediated, type: 'Ready', status: 'False' });
  else if (released !== undefined) draft.mark({ ...released, type: 'Ready' });
}

function stall(draft: StatusDraft, message: string): Outcome {
  draft.drop('Reconciling');
  draft.mark({ type: 'Stalled', status: 'True', reason: 'RetriesExceeded', message });
  return done;
}

function rest({ pace }: FluxContext, draft: StatusDraft): Outcome {
  draft.drop('Reconciling');
  return after(intervalMs(pace, textAt(draft.object, 'spec', 'interval') ?? '10m'));
}

function markNoDrift(draft: StatusDraft): void {
  const message = 'No drift detected against the cluster state';
  draft.mark({ type: 'Drifted', status: 'False', reason: 'NoDriftDetected', message });
}

/** A release in sync: drift is looked for where that is on, said as a condition while `Ready` stays true, and corrected where that is wanted. */
async function inspect({ context, draft }: Release, { version }: Extract<NextStep, { kind: 'in-sync' }>): Promise<void> {
  summarise(draft);
  const mode = driftModeOf(draft.object);
  if (mode === 'disabled') {
    draft.drop('Drifted');
    return;
  }
  const target = helmTarget(context, draft.object);
  const objects = await releaseStorage(context.client, releaseTargetOf(draft.object)).load(version);
  const drifted = await findDrift(target, objects);
  if (drifted.length === 0) {
    markNoDrift(draft);
    return;
  }
  const name = releaseLabel(historyOf(draft)[0]);
  const message = `Cluster state of release ${name} has drifted from the desired state:\n${drifted.map(({ summary }) => summary).join('\n')}`;
  draft.mark({ type: 'Drifted', status: 'True', reason: 'DriftDetected', message });
  context.record.helm(draft.object, { type: 'Warning', reason: 'DriftDetected', message });
  if (mode === 'warn') return;
  for (const { object } of drifted) await serverSideApply(target, object, false);
  const corrected = `Cluster state of release ${name} has been corrected:\n${drifted.map(({ summary }) => summary).join('\n')}`;
  context.record.helm(draft.object, { type: 'Normal', reason: 'DriftCorrected', message: corrected });
  markNoDrift(draft);
}
