import type { CommitSha } from '@fairlead/domain';
import { UpstreamError } from '@fairlead/domain';
import type { Change, Forge, LocalChange, MergeOutcome } from '@fairlead/engine';
import type { LocalForgeOptions } from './options.ts';

/** A bare repository as a forge: changes are kept by us, and a merge is a merge commit that we push. Nobody tells us of a merge, so
 *  it is settled by what the base holds: a commit whose second parent is the change's head. */
export function localForge(options: LocalForgeOptions): Forge {
  return {
    capabilities: { reviewedSha: false, reviews: false },
    async openChange(change) {
      return describe(options, await options.changes.findOrCreate(change));
    },
    async readChange({ number }) {
      const change = await options.changes.read(number);
      return change === 'absent' ? 'absent' : describe(options, change);
    },
    async mergeChange({ number }, expectedHead) {
      const change = await options.changes.read(number);
      if (change === 'absent') return { kind: 'refused', reason: `there is no change ${String(number)}` };
      return merge(options, change, expectedHead);
    },
    closeChange: ({ number }, reason) => options.changes.close(number, reason),
  };
}

async function describe({ git, changes, url }: LocalForgeOptions, change: LocalChange): Promise<Change> {
  await git.fetch();
  const { number, branch, base } = change;
  const head = await git.head(branch);
  const merged = head === 'absent' ? 'absent' : await git.findMerge(base, head);
  const seen = { number, branch, base, head, url: url(change) };
  if (merged !== 'absent') return { ...seen, status: 'merged', mergeCommit: merged };
  const now = await changes.read(number);
  return { ...seen, status: now !== 'absent' && now.closed === undefined ? 'open' : 'closed' };
}

/** The base may move between reading and pushing; each round is a whole attempt. */
const rounds = 5;

async function merge(options: LocalForgeOptions, change: LocalChange, expectedHead: CommitSha): Promise<MergeOutcome> {
  for (let round = 0; round < rounds; round += 1) {
    const outcome = await mergeOnce(options, change, expectedHead);
    if (outcome.kind !== 'base-moved') return outcome;
  }
  const message = `the branch ${change.base} moved ${String(rounds)} times while change ${String(change.number)} was merged`;
  throw new UpstreamError('base-busy', message, { provider: 'git', retryable: true });
}

async function mergeOnce(
  { git, now }: LocalForgeOptions,
  change: LocalChange,
  expectedHead: CommitSha,
): Promise<MergeOutcome | { readonly kind: 'base-moved' }> {
  await git.fetch();
  // First of all: an earlier call may have merged, and its branch may have moved or gone since.
  const merged = await git.findMerge(change.base, expectedHead);
  if (merged !== 'absent') return { kind: 'merged', commit: merged };
  if (change.closed !== undefined) return { kind: 'refused', reason: `change ${String(change.number)} is closed: ${change.closed.reason}` };
  const head = await git.head(change.branch);
  if (head !== expectedHead) return { kind: 'head-moved', head };
  const base = await git.head(change.base);
  if (base === 'absent') return { kind: 'refused', reason: `the branch ${change.base} does not exist` };

  const tree = await git.mergeTree(base, expectedHead);
  if (tree.kind === 'conflict') return tree;
  const commit = await git.mergeCommit({ base, head: expectedHead, message: mergeMessage(change), at: now?.() ?? change.openedAt });
  const pushed = await git.push(change.base, commit, base);
  return pushed.kind === 'moved' ? { kind: 'base-moved' } : { kind: 'merged', commit };
}

function mergeMessage({ number, branch, title, promotion }: LocalChange): string {
  const trailer = promotion === undefined ? '' : `\n\nFairlead-Promotion: ${promotion}`;
  return `Merge change ${String(number)}: ${title}\n\nFrom ${branch}.${trailer}`;
}
