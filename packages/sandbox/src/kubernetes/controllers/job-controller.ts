import type { Clock, Cluster } from '../api/cluster.ts';
import { flagAt, numberAt, objectAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, msSince, type Client } from './client.ts';
import { findCondition, nonZero, withConditions, withStatus, type Condition } from './conditions.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { isActive, isReady, isTerminating, podFrom } from './pods.ts';

const typeId = 'jobs.batch';
const pods = 'pods.';

/** Runs pods until enough succeeded or too many failed. A failed one is retried at once: nobody waits for a back-off here. */
export function jobController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: controlledBy('Job'),
    reconcile: (job) => {
      if (isTerminating(job)) return undefined;
      if (!isFinished(job)) run(client, job);
      const latest = client.get(typeId, job.metadata.namespace, job.metadata.name);
      return latest !== undefined && isFinished(latest) ? expire(client, cluster.clock, latest) : undefined;
    },
  });
}

function isFinished(job: KubeObject): boolean {
  return ['Complete', 'Failed'].some((type) => textAt(findCondition(job, type), 'status') === 'True');
}

interface Tally {
  readonly active: readonly KubeObject[];
  readonly succeeded: number;
  readonly failed: number;
}

function run(client: Client, job: KubeObject): void {
  const tally = tallyOf(client, job);
  const completions = numberAt(job, 'spec', 'completions') ?? 1;
  const exhausted = tally.failed > (numberAt(job, 'spec', 'backoffLimit') ?? 6);
  const suspended = flagAt(job, 'spec', 'suspend');
  const wanted = exhausted || suspended ? 0 : Math.min(numberAt(job, 'spec', 'parallelism') ?? 1, completions - tally.succeeded);
  for (let missing = wanted - tally.active.length; missing > 0; missing -= 1) {
    const naming = { generateName: `${job.metadata.name}-` };
    client.create(pods, podFrom({ owner: job, template: objectAt(job, 'spec', 'template'), naming }));
  }
  for (const pod of tally.active.slice(Math.max(0, wanted))) client.remove(pods, pod);
  report(client, job, outcome({ complete: tally.succeeded >= completions, exhausted, suspended }));
}

function tallyOf(client: Client, job: KubeObject): Tally {
  const owned = client.controlled(pods, job);
  const inPhase = (phase: string): number => owned.filter((pod) => textAt(pod, 'status', 'phase') === phase).length;
  return { active: owned.filter(isActive), succeeded: inPhase('Succeeded'), failed: inPhase('Failed') };
}

interface State {
  readonly complete: boolean;
  readonly exhausted: boolean;
  readonly suspended: boolean;
}

function outcome({ complete, exhausted, suspended }: State): readonly Condition[] {
  if (complete) {
    const because = { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
    return [
      { type: 'SuccessCriteriaMet', status: 'True', ...because },
      { type: 'Complete', status: 'True', ...because },
    ];
  }
  if (exhausted) {
    const because = { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
    return [
      { type: 'FailureTarget', status: 'True', ...because },
      { type: 'Failed', status: 'True', ...because },
    ];
  }
  return suspended ? [{ type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }] : [];
}

function report(client: Client, job: KubeObject, conditions: readonly Condition[]): void {
  const { active, succeeded, failed } = tallyOf(client, job);
  const now = client.now();
  const complete = conditions.some(({ type }) => type === 'Complete');
  const probed = conditions.map((condition) => ({ ...condition, lastProbeTime: now }));
  const merged = withConditions(job, sinceFirst(job, probed), now);
  client.updateStatus(
    typeId,
    withStatus(job, {
      startTime: textAt(job, 'status', 'startTime') ?? (flagAt(job, 'spec', 'suspend') ? undefined : now),
      active: nonZero(active.length),
      ready: active.filter(isReady).length,
      succeeded: nonZero(succeeded),
      failed: nonZero(failed),
      terminating: 0,
      uncountedTerminatedPods: {},
      conditions: merged.length > 0 ? merged : undefined,
      completionTime: complete ? now : undefined,
    }),
  );
}

/** A condition already said keeps its probe time, or every look would be a change. */
function sinceFirst(job: KubeObject, conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ type, status }) => textAt(findCondition(job, type), 'status') !== status);
}

function expire(client: Client, clock: Clock, job: KubeObject): number | undefined {
  const seconds = numberAt(job, 'spec', 'ttlSecondsAfterFinished');
  const finished = textAt(findCondition(job, 'Complete') ?? findCondition(job, 'Failed'), 'lastTransitionTime');
  if (seconds === undefined || finished === undefined) return undefined;
  const remaining = seconds * 1000 - msSince(clock, finished);
  if (remaining > 0) return remaining;
  client.remove(typeId, job);
  return undefined;
}
