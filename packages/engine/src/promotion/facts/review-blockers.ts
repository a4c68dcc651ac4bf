import type { Blocker, CommitSha, IgnoredApproval, Promotion } from '@fairlead/domain';
import type { ApprovalState } from '../../approval/approval-state.ts';

/** Somebody else's push on our branch: never overwritten, and never merged as if it were ours. */
export function foreignHeadBlockers(promotion: Promotion, head: CommitSha | 'absent', now: Date): readonly Blocker[] {
  if (head === promotion.head) return [];
  return [
    {
      gate: 'change',
      code: 'head-not-ours',
      message:
        head === 'absent'
          ? `the branch ${promotion.branch} is gone`
          : `the branch ${promotion.branch} has a commit that Fairlead did not make: ${head}`,
      since: now.toISOString(),
      expected: promotion.head ?? 'the planned head',
      observed: head,
      who: ['promoter'],
      fix: 'take the commit off the branch, or close the change and promote again',
    },
  ];
}

const whyNot: Readonly<Record<IgnoredApproval['because'], string>> = {
  'stale-content': 'for other content, stale',
  'requested-it': 'requested the promotion',
  'wrote-it': 'wrote the change',
  'not-in-group': 'is in no group that may approve',
};

export function approvalBlockers(
  { promotion, verdict, quorum }: ApprovalState & { readonly promotion: Promotion },
  now: Date,
): readonly Blocker[] {
  if (verdict.kind === 'met') return [];
  const groups = quorum.groups.length === 0 ? ['anybody but the requester'] : quorum.groups;
  const common = {
    gate: 'approval',
    since: now.toISOString(),
    expected: `${String(quorum.count)} of ${groups.join(', ')}`,
    who: groups,
  } as const;
  if (verdict.kind === 'rejected') {
    return [
      {
        ...common,
        code: 'rejected',
        message: `${verdict.by} rejected it: ${verdict.reason}`,
        observed: 'rejected',
        fix: 'talk to them; they can approve, or the promotion is replaced by another',
      },
    ];
  }
  const said = verdict.ignored.map(({ by, because }) => `${by} (${whyNot[because]})`).join(', ');
  const stale = verdict.ignored.some(({ because }) => because === 'stale-content');
  return [
    {
      ...common,
      code: stale ? 'approval-stale' : 'approvals-missing',
      message: `${String(verdict.missing)} of ${String(quorum.count)} approvals missing${said === '' ? '' : `; not counted: ${said}`}`,
      observed: `${String(verdict.by.length)} counted`,
      fix: `a person of ${groups.join(' or ')} looks at it: fairlead approval approve ${promotion.id}`,
    },
  ];
}
