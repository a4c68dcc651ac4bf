import { describe, expect, it } from 'vitest';
import { concludeRender } from './conclude-render.ts';
import { type WorkerOutcome } from './render-worker.ts';

const facts = {
  limits: { maxMemoryMiB: 64, timeoutMs: 500 },
  inputs: [{ path: 'a', kind: 'absent' }],
  versions: { sha256: '0', goVersion: '1', kustomize: '2', kustomizeApi: '3', helm: '4' },
} as const;

const died = (message: string, lastWords: string): WorkerOutcome => ({ kind: 'died', message, lastWords });

describe('concludeRender', () => {
  it('names the limit that a render ran into', () => {
    expect(concludeRender({ kind: 'timed-out' }, facts)).toEqual({
      kind: 'failed',
      code: 'timed-out',
      message: 'rendering took longer than 500 ms',
      inputs: facts.inputs,
    });
  });

  it.each([
    [
      'the allocator',
      died('GuestExit', 'some warning\nruntime: out of memory: cannot allocate 8-byte block\nfatal error: out of memory\n'),
    ],
    ['the thread', died('Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated due to reaching memory limit: JS heap out of memory', '')],
  ])('sees from %s that memory ran out', (_who, outcome) => {
    expect(concludeRender(outcome, facts)).toMatchObject({ code: 'out-of-memory', message: 'rendering needs more than 64 MiB of memory' });
  });

  it('does not take a quoted word for the allocator', () => {
    const outcome = died('GuestExit', '# Warning: field "out of memory" is unknown\npanic: index out of range\n');

    expect(concludeRender(outcome, facts)).toMatchObject({
      code: 'render-failed',
      message: 'the renderer stopped: panic: index out of range',
    });
  });

  it('passes on a trap that said nothing', () => {
    expect(concludeRender(died('RuntimeError: unreachable', ''), facts)).toMatchObject({
      code: 'render-failed',
      message: 'the renderer stopped: RuntimeError: unreachable',
    });
  });
});
