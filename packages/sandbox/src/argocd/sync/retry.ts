import { at, numberAt, textAt } from '../../json/json.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { parseGoDuration } from '../../kube/go-duration.ts';
import { isFinished, type OperationState } from './operation-state.ts';

const defaultBackoff = { durationMs: 5000, factor: 2, maxDurationMs: 180_000 };

/** When an operation that has been retried `retryCount` times may try again after an attempt that ended then. */
export function nextAttemptAt(state: OperationState, endedAt: Date): Date {
  const backoff = at(state.operation, 'retry', 'backoff');
  const duration = (field: string, missing: number): number => {
    const text = textAt(backoff, field);
    return text === undefined ? missing : parseGoDuration(text);
  };
  const wait = duration('duration', defaultBackoff.durationMs) * (numberAt(backoff, 'factor') ?? defaultBackoff.factor) ** state.retryCount;
  return new Date(endedAt.getTime() + Math.min(wait, duration('maxDuration', defaultBackoff.maxDurationMs)));
}

/** An attempt's outcome as the operation's: final, or waiting for another attempt with phase `Running` and a `finishedAt`. */
export function afterAttempt(state: OperationState, now: Date, terminated: boolean): OperationState {
  if (!isFinished(state)) return state;
  const finished = { ...state, finishedAt: timestamp(now) };
  if (state.phase === 'Succeeded') return finished;
  const limit = numberAt(state.operation, 'retry', 'limit') ?? 0;
  if (!terminated && (state.retryCount < limit || limit < 0)) {
    const retryCount = state.retryCount + 1;
    const retryAt = kitchenTime(nextAttemptAt(state, now));
    return {
      ...finished,
      phase: 'Running',
      retryCount,
      message: `${state.message}. Retrying attempt #${String(retryCount)} at ${retryAt}.`,
    };
  }
  return state.retryCount === 0 ? finished : { ...finished, message: `${state.message} (retried ${String(state.retryCount)} times).` };
}

/** `3:35PM`, in UTC. */
function kitchenTime(time: Date): string {
  const hours = time.getUTCHours();
  return `${String(hours % 12 === 0 ? 12 : hours % 12)}:${String(time.getUTCMinutes()).padStart(2, '0')}${hours < 12 ? 'AM' : 'PM'}`;
}
