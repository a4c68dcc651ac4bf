import { parseGuestAnswer } from './guest-answer.ts';
import { type RenderErrorCode, type InputRead, type RendererVersions, type RenderResult } from './render-result.ts';
import { type WorkerOutcome } from './render-worker.ts';

export interface RenderFacts {
  readonly limits: { readonly maxMemoryMiB: number; readonly timeoutMs: number };
  readonly inputs: readonly InputRead[];
  readonly versions: RendererVersions;
}

/** What a worker's outcome means for the caller. */
export function concludeRender(outcome: WorkerOutcome, { limits, inputs, versions }: RenderFacts): RenderResult {
  const failed = (code: RenderErrorCode, message: string): RenderResult => ({ kind: 'failed', code, message, inputs });
  switch (outcome.kind) {
    case 'timed-out':
      return failed('timed-out', `rendering took longer than ${String(limits.timeoutMs)} ms`);
    case 'died':
      if (ranOut.test(outcome.lastWords) || ranOut.test(outcome.message)) {
        return failed('out-of-memory', `rendering needs more than ${String(limits.maxMemoryMiB)} MiB of memory`);
      }
      return failed('render-failed', `the renderer stopped: ${causeOf(outcome)}`);
    case 'answered': {
      const answer = parseGuestAnswer(outcome.answer);
      return answer.kind === 'failed' ? failed(answer.code, answer.message) : { ...answer, inputs, versions, cached: false };
    }
  }
}

/** The words of Go's allocator, and of Node about a thread's own heap. */
const ranOut = /^(?:fatal error: |runtime: )?out of memory|ERR_WORKER_OUT_OF_MEMORY|reaching memory limit/m;

function causeOf({ lastWords, message }: Extract<WorkerOutcome, { kind: 'died' }>): string {
  const cause = /^(?:panic|fatal error): .*$/m.exec(lastWords)?.[0] ?? message;
  return cause.slice(0, 4096);
}
