import { CommitSha } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { diffBase } from './diff-base.ts';
import type { Checkout } from './wire.ts';

const sha = (digit: string): CommitSha => CommitSha.parse(digit.repeat(40));
const [head, main, parted] = [sha('a'), sha('b'), sha('c')];

function checkout(rest: Partial<Checkout>): Checkout {
  const none = (): never => {
    throw new Error('nothing else is asked of it');
  };
  return {
    root: '/repo',
    head,
    branch: 'refs/heads/topic',
    defaultBranch: { name: 'main', commit: main },
    resolve: (revision) => Promise.resolve(revision === 'v1' ? sha('d') : 'absent'),
    mergeBase: () => Promise.resolve(parted),
    committedAt: none,
    snapshot: none,
    workingTree: none,
    files: none,
    history: { commits: none, filesAt: none, blob: none },
    [Symbol.asyncDispose]: () => Promise.resolve(),
    ...rest,
  };
}

describe('diffBase', () => {
  it.each([
    ['where the branch left the default branch', checkout({}), parted, /^main at cccccccccccc, where/],
    ['the last commit, on the default branch', checkout({ branch: 'refs/heads/main' }), head, /^HEAD$/],
    ['the last commit, where no default branch is found', checkout({ defaultBranch: 'absent' }), head, /no default branch/],
    ['nothing, before the first commit', checkout({ head: 'absent', defaultBranch: 'absent' }), 'nothing', /no commit yet/],
    [
      'the default branch, where nothing is shared with it',
      checkout({ mergeBase: () => Promise.resolve('absent') }),
      main,
      /shares no history/,
    ],
  ])('is %s', async (...[, from, commit, name]) => {
    const base = await diffBase(from, undefined);

    expect(base.commit).toBe(commit);
    expect(base.name).toMatch(name);
  });

  it('is the revision that was named', async () => {
    expect(await diffBase(checkout({}), 'v1')).toEqual({ commit: sha('d'), name: 'v1 at dddddddddddd' });
    await expect(diffBase(checkout({}), 'v2')).rejects.toThrow('--base: there is no commit v2');
  });

  it('is none without Git', async () => {
    await expect(diffBase('absent', undefined)).rejects.toThrow('under no Git repository');
  });
});
