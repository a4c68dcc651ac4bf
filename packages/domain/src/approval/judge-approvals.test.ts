import { describe, expect, it } from 'vitest';
import { ActorId } from '../evidence/actor.ts';
import { digestOf } from '../evidence/digest.ts';
import { PromotionId } from '../promotion/promotion-id.ts';
import type { Approval } from './approval.ts';
import { judgeApprovals } from './judge-approvals.ts';

const content = digestOf('content');
const quorum = { count: 2, groups: ['approvers'] };
const change = { content, requestedBy: ActorId.parse('local:rae'), authors: [ActorId.parse('local:wim')] };

function approval(
  user: string,
  more: { readonly decision?: 'approve' | 'reject'; readonly on?: string; readonly groups?: readonly string[] } = {},
): Approval {
  return {
    record: digestOf(`${user} ${more.decision ?? 'approve'} ${more.on ?? 'content'}`),
    promotion: PromotionId.parse('p-01jzzzzzzzzzzzzzzzzzzzzzzz'),
    decision: more.decision ?? 'approve',
    content: digestOf(more.on ?? 'content'),
    actor: {
      id: ActorId.parse(`local:${user}`),
      issuer: 'local',
      subject: user,
      amr: [],
      kind: 'person',
      groups: more.groups ?? ['approvers'],
    },
    at: '2026-01-01T00:00:00.000Z',
    ...(more.decision === 'reject' ? { reason: 'not today' } : {}),
  };
}

describe('judgeApprovals', () => {
  it('is met when enough eligible people approved exactly this content', () => {
    const verdict = judgeApprovals(change, [approval('ada'), approval('bob')], quorum);

    expect(verdict).toEqual({ kind: 'met', by: ['local:ada', 'local:bob'], ignored: [] });
  });

  it('counts people, not approvals', () => {
    const verdict = judgeApprovals(change, [approval('ada'), approval('ada')], quorum);

    expect(verdict).toMatchObject({ kind: 'short', missing: 1, by: ['local:ada'] });
  });

  it.each([
    ['stale-content', approval('ada', { on: 'something else' })],
    ['requested-it', approval('rae')],
    ['wrote-it', approval('wim')],
    ['not-in-group', approval('eve', { groups: ['promoters'] })],
  ] as const)('says %s where an approval does not count', (because, given) => {
    const verdict = judgeApprovals(change, [given, approval('bob')], quorum);

    expect(verdict).toMatchObject({ kind: 'short', missing: 1, by: ['local:bob'], ignored: [{ because }] });
  });

  it('lets anybody but the requester count where no group is named', () => {
    const verdict = judgeApprovals(change, [approval('eve', { groups: [] })], { count: 1, groups: [] });

    expect(verdict.kind).toBe('met');
  });

  it('is rejected by one eligible person, whatever the others said', () => {
    const verdict = judgeApprovals(change, [approval('ada'), approval('bob'), approval('cyn', { decision: 'reject' })], quorum);

    expect(verdict).toEqual({ kind: 'rejected', by: 'local:cyn', reason: 'not today' });
  });

  it('takes the last word of a person: a rejection can be taken back', () => {
    const verdict = judgeApprovals(change, [approval('ada', { decision: 'reject' }), approval('bob'), approval('ada')], quorum);

    expect(verdict.kind).toBe('met');
  });

  it('ignores a rejection by somebody who may not approve', () => {
    const verdict = judgeApprovals(change, [approval('rae', { decision: 'reject' }), approval('ada'), approval('bob')], quorum);

    expect(verdict.kind).toBe('met');
  });

  it('is met by nobody where nobody is asked for', () => {
    expect(judgeApprovals(change, [], { count: 0, groups: [] }).kind).toBe('met');
  });
});
