import { setTimeout as delay } from 'node:timers/promises';

import { hookDeletePolicies } from '../application/hook.ts';
import { type Applier } from './applier.ts';
import { type SyncTask, type TaskResult } from './sync-task.ts';

/** Runs one wave: each task gets a result, whatever became of the others. */
export async function runWave(tasks: readonly SyncTask[], apply: Applier): Promise<readonly TaskResult[]> {
  const results: TaskResult[] = [];
  for (const task of tasks) results.push(await runTask(task, apply));
  return results;
}

async function runTask(task: SyncTask, apply: Applier): Promise<TaskResult> {
  switch (task.action) {
    case 'prune':
      return apply.prune(task.object);
    case 'skip-prune':
      return { status: 'PruneSkipped', phase: 'Succeeded', message: 'ignored (requires pruning)' };
    case 'create-namespace':
      return apply.apply(task.object);
    case 'apply':
      if (task.hook !== undefined && hookDeletePolicies(task.object).includes('BeforeHookCreation')) await removeAndAwait(task, apply);
      return apply.apply(task.object);
  }
}

const removalTries = 100;
const removalPollMs = 50;

async function removeAndAwait({ object }: SyncTask, apply: Applier): Promise<void> {
  if ((await apply.read(object)) === undefined) return;
  await apply.remove(object);
  for (let tries = 0; tries < removalTries && (await apply.read(object)) !== undefined; tries += 1) await delay(removalPollMs);
}

/** After a sync, hooks whose policy says so are removed. */
export async function removeFinishedHooks(
  tasks: readonly SyncTask[],
  policy: 'HookSucceeded' | 'HookFailed',
  apply: Applier,
): Promise<void> {
  const finished = tasks.filter(({ hook, object }) => hook !== undefined && hookDeletePolicies(object).includes(policy));
  await Promise.all(finished.map(({ object }) => apply.remove(object).catch(() => undefined)));
}
