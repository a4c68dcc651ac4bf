import { describe, expect, it } from 'vitest';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { deliveredCommits } from './delivered-commits.ts';
import { commit, delivered, newer, older, operation } from './fixtures/delivered-example.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';

const sha = (text: string): CommitSha => CommitSha.parse(text);
const outOfSync = { status: 'OutOfSync', revisions: [newer] } as const;
const withOperation = (changes: Partial<typeof operation>): Partial<ObservedArgoCd> => ({ operation: { ...operation, ...changes } });

describe('deliveredCommits of Argo CD', () => {
  it.each<[string, Partial<ObservedArgoCd>, ReturnType<typeof deliveredCommits>]>([
    ['what was synced last', {}, { delivered: sha(commit) }],
    ['not the branch head that it only compared with', { sync: outOfSync }, { delivered: sha(commit) }],
    [
      'what was there before, while an operation runs',
      { ...withOperation({ phase: 'Running', revisions: [newer] }), sync: outOfSync },
      { delivered: sha(older), arriving: sha(newer) },
    ],
    [
      'what was asked as on its way, before the operation tells what it syncs',
      { ...withOperation({ phase: 'Running', revisions: [], asked: { revision: newer } }), sync: outOfSync },
      { delivered: sha(older), arriving: sha(newer) },
    ],
    [
      'what was compared with as on its way, where nobody asked for a commit',
      { ...withOperation({ phase: 'Running', revisions: [], asked: {} }), sync: outOfSync },
      { delivered: sha(older), arriving: sha(newer) },
    ],
    [
      'what was there before, while its pods are replaced',
      { health: { status: 'Progressing' } },
      { delivered: sha(older), arriving: sha(commit) },
    ],
    [
      'what was there before, after an operation that failed',
      { ...withOperation({ phase: 'Failed', revisions: [newer] }), sync: outOfSync },
      { delivered: sha(older) },
    ],
    [
      'what was there before, after a broken render',
      { ...withOperation({ revisions: ['main'] }), sync: { status: 'Unknown', revisions: ['main'] } },
      { delivered: sha(older) },
    ],
  ])('takes %s', (_what, change, expected) => {
    expect(deliveredCommits({ ...delivered, ...change }, sha(older))).toEqual(expected);
  });

  it('knows nothing where nothing was ever delivered', () => {
    const { operation: _operation, ...never } = delivered;

    expect(deliveredCommits({ ...never, sync: outOfSync })).toEqual({});
  });
});
