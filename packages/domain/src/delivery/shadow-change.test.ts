import { describe, expect, it } from 'vitest';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { delivered, operation } from './fixtures/delivered-example.ts';
import { shadowChange, type ShadowMove } from './shadow-change.ts';

const [from, to] = ['a', 'b'].map((letter) => CommitSha.parse(letter.repeat(40)));
if (from === undefined || to === undefined) throw new Error('two commits');
const forward: ShadowMove = { from, to, onBranch: true, wentBack: false };
const foreign = { ...delivered, operation: { ...operation, info: {}, initiatedBy: { username: 'mallory', automated: false } } };

describe('shadowChange', () => {
  it('is none where what was merged is synced, or nothing changed', () => {
    expect(shadowChange(foreign, forward)).toBeUndefined();
    expect(shadowChange(foreign, { ...forward, to: from, onBranch: false })).toBeUndefined();
  });

  it('is a sync of what nobody merged, by whom and when', () => {
    expect(shadowChange(foreign, { ...forward, onBranch: false })).toEqual({
      revisions: [to],
      by: 'mallory',
      at: operation.finishedAt,
      reason: `synced ${to}, which is no commit of the protected branch`,
    });
  });

  it('is a sync of something older, though it was merged once', () => {
    expect(shadowChange(foreign, { ...forward, wentBack: true })?.reason).toContain('no merge to the protected branch took it back');
  });

  it('is told without a name where the controller keeps no account', () => {
    const { operation: _none, ...seen } = delivered;

    expect(shadowChange(seen, { ...forward, onBranch: false })).toEqual({
      revisions: [to],
      reason: `synced ${to}, which is no commit of the protected branch`,
    });
  });
});
