import { describe, expect, it } from 'vitest';

import { afterWave, nextStep, type Results } from './next-step.ts';
import { taskKey, type SyncTask, type TaskPhase, type TaskStatus } from './sync-task.ts';

function task(name: string, fields: Partial<SyncTask> = {}): SyncTask {
  return { action: 'apply', phase: 'Sync', wave: 0, object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }, ...fields };
}

function results(...entries: readonly (readonly [SyncTask, TaskPhase, string?])[]): Results {
  const status = (phase: TaskPhase): TaskStatus => (phase === 'Failed' ? 'SyncFailed' : 'Synced');
  return new Map(entries.map(([of, phase, message = '']) => [taskKey(of), { status: status(phase), phase, message }]));
}

const [a, b] = [task('a'), task('b')];
const later = task('later', { wave: 1 });
const hook = task('hook', { phase: 'PreSync', hook: 'PreSync' });

describe('nextStep', () => {
  it('runs the first wave that has not run', () => {
    expect(nextStep([a, b, later], results())).toEqual({ kind: 'run', tasks: [a, b] });
    expect(nextStep([a, b, later], results([a, 'Succeeded'], [b, 'Succeeded']))).toEqual({ kind: 'run', tasks: [later] });
  });

  it('waits for a wave while another one follows, not when it is the last', () => {
    expect(nextStep([a, b, later], results([a, 'Running'], [b, 'Running']))).toEqual({
      kind: 'wait',
      message: 'waiting for healthy state of /ConfigMap/a and 1 more resources',
    });
    expect(nextStep([a, b], results([a, 'Running'], [b, 'Running']))).toEqual({
      kind: 'succeeded',
      message: 'successfully synced (no more tasks)',
    });
  });

  it('always waits for hooks, never for a namespace', () => {
    const namespace = task('n', { action: 'create-namespace', phase: 'PreSync', wave: -1 });

    expect(nextStep([hook], results([hook, 'Running']))).toEqual({
      kind: 'wait',
      message: 'waiting for completion of hook /ConfigMap/hook',
    });
    expect(nextStep([namespace, a], results([namespace, 'Running']))).toEqual({ kind: 'run', tasks: [a] });
  });

  it('fails once nothing runs any more, each reason once', () => {
    const broken = results([a, 'Failed', 'no'], [b, 'Failed', 'no']);

    expect(nextStep([a, b, later], broken)).toEqual({
      kind: 'failed',
      message: 'one or more synchronization tasks completed unsuccessfully, reason: no',
    });
    expect(nextStep([a, b], results([a, 'Failed', 'no'], [b, 'Running'])).kind).toBe('wait');
  });
});

describe('afterWave', () => {
  it('ends a sync whose last wave has no hooks without waiting', () => {
    expect(afterWave([a], [a], results([a, 'Running']))).toEqual({ kind: 'succeeded', message: 'successfully synced (all tasks run)' });
    expect(afterWave([hook], [hook], results([hook, 'Running'])).kind).toBe('wait');
  });

  it('fails at once when nothing of the wave was applied', () => {
    expect(afterWave([a], [a, later], results([a, 'Failed', 'no']))).toEqual({
      kind: 'failed',
      message: 'one or more objects failed to apply, reason: no',
    });
    expect(afterWave([a, b], [a, b], results([a, 'Failed', 'no'], [b, 'Running'])).kind).toBe('wait');
  });
});
