import { describe, expect, it } from 'vitest';

import { appSources } from '../application/app-sources.ts';
import { newOperationState, operationStateJson, parseOperationState } from './operation-state.ts';
import { afterAttempt, nextAttemptAt } from './retry.ts';

const now = new Date('2026-11-23T15:35:27Z');
const asked = {
  info: [{ name: 'reason', value: '' }],
  initiatedBy: { username: 'alice', automated: false },
  retry: { limit: 0 },
  sync: { revision: 'abc', prune: false, resources: null, syncOptions: [], syncStrategy: { hook: {} } },
};

describe('newOperationState', () => {
  it('copies the operation as Go writes it: without empty values, info as it came', () => {
    expect(newOperationState(asked, 't').operation).toEqual({
      info: [{ name: 'reason', value: '' }],
      initiatedBy: { username: 'alice' },
      retry: {},
      sync: { revision: 'abc', syncStrategy: { hook: {} } },
    });
  });

  it('survives being written and read', () => {
    const state = {
      ...newOperationState(asked, 't'),
      message: 'm',
      retryCount: 1,
      syncResult: { revisions: ['abc'], sources: appSources({ source: { path: 'p' } }), resources: [{ kind: 'K' }] },
    };

    expect(parseOperationState(operationStateJson(state))).toEqual({ ...state, finishedAt: undefined });
  });
});

describe('afterAttempt', () => {
  const failed = {
    ...newOperationState({ ...asked, retry: { limit: 2, backoff: { duration: '2s', factor: 3, maxDuration: '5s' } } }, 't'),
    phase: 'Failed',
    message: 'it broke',
  } as const;

  it('leaves a running operation alone', () => {
    const running = newOperationState(asked, 't');

    expect(afterAttempt(running, now, false)).toBe(running);
  });

  it('goes on after a failure while attempts are left', () => {
    expect(afterAttempt(failed, now, false)).toMatchObject({
      phase: 'Running',
      finishedAt: '2026-11-23T15:35:27Z',
      retryCount: 1,
      message: 'it broke. Retrying attempt #1 at 3:35PM.',
    });
  });

  it('ends when none is left, or when it was terminated', () => {
    expect(afterAttempt({ ...failed, retryCount: 2 }, now, false)).toMatchObject({
      phase: 'Failed',
      retryCount: 2,
      message: 'it broke (retried 2 times).',
    });
    expect(afterAttempt(failed, now, true)).toMatchObject({ phase: 'Failed', retryCount: 0, message: 'it broke' });
  });

  it('waits longer each time, up to a limit', () => {
    const waits = [0, 1, 2].map((retryCount) => nextAttemptAt({ ...failed, retryCount }, now).getTime() - now.getTime());

    expect(waits).toEqual([2000, 5000, 5000]);
  });
});
