import { ApiError } from '@fairlead/api';
import { ConflictError, ForbiddenError, InvalidError, InvariantError, NotFoundError, UpstreamError } from '@fairlead/domain';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { ContentError } from './content-error.ts';
import { failureOf } from './exit.ts';
import { UsageError } from './usage-error.ts';

const problem = (status: number): ApiError => new ApiError({ type: 'about:blank', title: 'no', status, code: 'x', requestId: 'r' });

describe('failureOf', () => {
  it.each([
    [new InvalidError('render-failed', 'no'), 1],
    [new ContentError('document-invalid', 'no', []), 1],
    [problem(422), 1],
    [new UsageError('no'), 2],
    [new CommanderError(1, 'commander.unknownOption', 'error: no'), 2],
    [new InvalidError('data-directory-in-use', 'no'), 2],
    [new InvalidError('kubeconfig-invalid', 'no'), 2],
    [new ForbiddenError('not-signed-in', 'no'), 3],
    [problem(401), 3],
    [problem(403), 3],
    [new NotFoundError('path-unknown', 'no'), 4],
    [problem(404), 4],
    [new ConflictError('file-exists', 'no'), 5],
    [problem(409), 5],
    [new UpstreamError('git-failed', 'no', { provider: 'git', retryable: false }), 7],
    [problem(503), 7],
    [new InvariantError('impossible', 'no'), 70],
    [new Error('no'), 70],
    ['no', 70],
  ])('gives %o the exit code %d', (error, exit) => {
    expect(failureOf(error).exit).toBe(exit);
  });

  it('keeps the hint and the details, and shows a stack for our own fault alone', () => {
    expect(failureOf(new UsageError('no', 'do'))).toEqual({ exit: 2, code: 'usage', message: 'no', hint: 'do' });
    expect(failureOf(new ContentError('c', 'no', ['a', 'b']))).toEqual({ exit: 1, code: 'c', message: 'no', details: ['a', 'b'] });
    expect(failureOf(new Error('no')).stack).toContain('Error: no');
  });
});
