import { rules, textSecrets, type CommitSha, type FoundFault } from '@fairlead/domain';
import type { CommitContent, CommitFile, CommitHistory, CommitRange } from '../../ports/commit-history.ts';
import { BlobSearch, keyOf } from './blob-search.ts';

export interface RangeSecrets {
  /** What the last commit of the range still has, under its own rule. */
  readonly standing: readonly FoundFault[];
  /** What a commit had and a later one took away: S17. */
  readonly gone: readonly FoundFault[];
  readonly unread: BlobSearch['unread'];
}

export interface RangeScan {
  readonly range: CommitRange;
  readonly commits: readonly CommitContent[];
  /** Whether a path is asked about. */
  readonly isMeant: (path: string) => boolean;
}

/** The secrets that any commit of the range brought, whatever became of them. One that `base` has is not the range's. */
export async function rangeSecrets(history: CommitHistory, { range, commits, isMeant }: RangeScan): Promise<RangeSecrets> {
  const search = new BlobSearch(history);
  const brought = commits.flatMap(({ commit, files }) => files.filter(({ path }) => isMeant(path)).map((file) => ({ commit, file })));
  const paths = [...new Set(brought.map(({ file }) => file.path))];
  const [before, after] = [await history.filesAt(range.base, paths), await history.filesAt(range.tip, paths)];
  const [known, standing] = [await search.allOf(before), await search.allOf(after)];

  const ends = new Set([...[...before].map(fileOf), ...[...after].map(fileOf)].map(keyOf));
  const told = new Set([...known, ...standing].map(({ identity }) => identity));
  const gone: FoundFault[] = [];
  for (const { commit, file } of brought.filter((one) => !ends.has(keyOf(one.file)))) {
    const found = await search.secretsOf(file);
    gone.push(...found.filter(({ identity }) => !told.has(identity)).map(({ fault }) => inCommit(fault, commit)));
    for (const { identity } of found) told.add(identity);
  }
  const broughtKeys = new Set(brought.map(({ file }) => keyOf(file)));
  return {
    standing: standing.filter(({ file }) => broughtKeys.has(keyOf(file))).map(({ fault }) => fault),
    gone: [...gone, ...commits.flatMap((commit) => inMessage(commit))],
    unread: search.unread,
  };
}

function fileOf([path, blob]: readonly [string, CommitFile['blob']]): CommitFile {
  return { path, blob };
}

function inCommit(fault: FoundFault, commit: CommitSha): FoundFault {
  return {
    ...fault,
    rule: 'S17',
    severity: fault.severity ?? rules[fault.rule].severity,
    message: `commit ${commit.slice(0, 12)}: ${fault.message}; it was taken away later, but Git keeps it`,
    fix: removal(commit),
  };
}

/** No file has a commit's message; its place is named by the commit. */
function inMessage({ commit, message }: CommitContent): readonly FoundFault[] {
  return textSecrets(message).map(({ what, severity, start }) => ({
    rule: 'S17',
    severity: severity ?? 'error',
    message: `the message of commit ${commit.slice(0, 12)} holds ${what}`,
    fix: removal(commit),
    file: `commit-message/${commit.slice(0, 12)}`,
    line: message.slice(0, start).split('\n').length,
    column: start - message.lastIndexOf('\n', start - 1),
    pointer: '',
  }));
}

function removal(commit: CommitSha): string {
  return `change the value wherever it is used, and take it out of the branch (git rebase -i ${commit.slice(0, 12)}^)`;
}
