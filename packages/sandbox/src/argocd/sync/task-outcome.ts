import { conditionOf } from '../../kube/conditions.ts';
import { resourceHealth } from '../health/resource-health.ts';
import { textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { type SyncTask, type TaskResult } from './sync-task.ts';

/** What a running task has come to, by its live object. */
export function taskOutcome(task: SyncTask, result: TaskResult, live: KubeObject | undefined): TaskResult {
  if (task.hook === undefined) return live === undefined ? result : healthOutcome(live, result);
  if (live === undefined) return { ...result, phase: 'Failed', message: 'the hook is gone' };
  if (live.kind === 'Job') return jobOutcome(live, result);
  return live.kind === 'Pod' ? podOutcome(live, result) : healthOutcome(live, result);
}

function healthOutcome(live: KubeObject, result: TaskResult): TaskResult {
  const health = resourceHealth(live);
  // A kind without health is done when it is there.
  if (health === undefined || health.status === 'Healthy') return { ...result, phase: 'Succeeded' };
  return health.status === 'Degraded' ? { ...result, phase: 'Failed', message: health.message ?? '' } : result;
}

function jobOutcome(job: KubeObject, result: TaskResult): TaskResult {
  const failed = conditionOf(job, 'Failed');
  if (failed?.status === 'True') return { ...result, phase: 'Failed', message: failed.message };
  const complete = conditionOf(job, 'Complete');
  if (complete?.status === 'True') return { ...result, phase: 'Succeeded', message: complete.message };
  return result;
}

function podOutcome(pod: KubeObject, result: TaskResult): TaskResult {
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Succeeded') return { ...result, phase: 'Succeeded', message: textAt(pod, 'status', 'message') ?? '' };
  if (phase === 'Failed') return { ...result, phase: 'Failed', message: textAt(pod, 'status', 'message') ?? '' };
  return result;
}
