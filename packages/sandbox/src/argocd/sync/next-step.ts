import { keyOf } from '../../kube/kube-object.ts';
import { taskKey, type SyncTask, type TaskResult } from './sync-task.ts';

export type NextStep =
  | { readonly kind: 'run'; readonly tasks: readonly SyncTask[] }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'succeeded'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export type Results = ReadonlyMap<string, TaskResult>;

/** What a sync does next, from what its tasks came to so far: one wave of one phase at a time, each healthy before the next. */
export function nextStep(tasks: readonly SyncTask[], results: Results): NextStep {
  const pending = tasks.filter((task) => !results.has(taskKey(task)));
  const waiting = mustBeAwaited(tasks, results);
  if (waiting.length > 0) return { kind: 'wait', message: waitingMessage(waiting) };
  if (hasFailed(tasks, results))
    return { kind: 'failed', message: failureMessage('one or more synchronization tasks completed unsuccessfully', results) };
  const [first] = pending;
  if (first === undefined) return { kind: 'succeeded', message: 'successfully synced (no more tasks)' };
  return { kind: 'run', tasks: pending.filter(({ phase, wave }) => phase === first.phase && wave === first.wave) };
}

/** Where a sync stands right after a wave was run, before anything live has been looked at again. */
export function afterWave(wave: readonly SyncTask[], tasks: readonly SyncTask[], results: Results): NextStep {
  const running = wave.filter((task) => results.get(taskKey(task))?.phase === 'Running');
  if (hasFailed(wave, results)) {
    if (running.length > 0) return { kind: 'wait', message: waitingMessage(running) };
    return { kind: 'failed', message: failureMessage('one or more objects failed to apply', results) };
  }
  const isLast = tasks.every((task) => results.has(taskKey(task)));
  if (isLast && !running.some(({ hook }) => hook !== undefined))
    return { kind: 'succeeded', message: 'successfully synced (all tasks run)' };
  return { kind: 'wait', message: waitingMessage(running) };
}

/** Running hooks, always; running objects only while something still depends on them. A namespace is there once it is made. */
function mustBeAwaited(tasks: readonly SyncTask[], results: Results): readonly SyncTask[] {
  const dependent = tasks.some((task) => !results.has(taskKey(task))) || hasFailed(tasks, results);
  return tasks.filter((task) => {
    if (results.get(taskKey(task))?.phase !== 'Running') return false;
    return task.hook !== undefined || (dependent && task.action !== 'create-namespace');
  });
}

function hasFailed(tasks: readonly SyncTask[], results: Results): boolean {
  return tasks.some((task) => results.get(taskKey(task))?.phase === 'Failed');
}

function failureMessage(what: string, results: Results): string {
  const reasons = new Set([...results.values()].filter(({ status }) => status === 'SyncFailed').map(({ message }) => message));
  return reasons.size === 0 ? what : `${what}, reason: ${[...reasons].join(', ')}`;
}

function waitingMessage(tasks: readonly SyncTask[]): string {
  const [first] = tasks;
  if (first === undefined) return '';
  const { group, kind, name } = keyOf(first.object);
  const [what, others] = first.hook === undefined ? ['healthy state of', 'resources'] : ['completion of hook', 'hooks'];
  const more = tasks.length > 1 ? ` and ${String(tasks.length - 1)} more ${others}` : '';
  return `waiting for ${what} ${group}/${kind}/${name}${more}`;
}
