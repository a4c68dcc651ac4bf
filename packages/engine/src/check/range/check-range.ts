import {
  checkReport,
  documentFinding,
  findingOf,
  type CommitSha,
  type CheckReport,
  type Finding,
  type FoundFault,
  type NotChecked,
  type RepoPath,
} from '@fairlead/domain';
import type { CommitHistory, CommitRange } from '../../ports/commit-history.ts';
import type { PathTree } from '../../ports/file-snapshot.ts';
import { checkTree, type Checked } from '../check-tree.ts';
import { CheckNotes } from '../checking.ts';
import { findEnvironments } from '../find-environments.ts';
import { configuredBy } from './configuration-of.ts';
import { rangeSecrets, type RangeSecrets } from './range-secrets.ts';

export interface RangeRequest {
  readonly range: CommitRange;
  /** The files of both ends. */
  readonly base: PathTree;
  readonly tip: PathTree;
  /** Where to look; '' is the root. */
  readonly path: RepoPath | '';
}

/** `shallow`: the clone is cut off at that commit, so what the range brought can't be told from what was there before. */
export type CheckedRange =
  { readonly kind: 'checked'; readonly checked: Checked; readonly commits: number } | { readonly kind: 'shallow'; readonly at: CommitSha };

type RangePorts = Parameters<typeof checkTree>[0] & { readonly history: CommitHistory };

/** Judges what merging a branch would bring: its last commit as a whole, and every commit before it for secrets, since Git keeps them all.
 *  The rules are those of `base`. */
export async function checkRange(ports: RangePorts, { range, base, tip, path }: RangeRequest): Promise<CheckedRange> {
  const past = await ports.history.commits(range);
  if (past.kind === 'shallow') return past;
  const secrets = await rangeSecrets(ports.history, { range, commits: past.commits, isMeant: (file) => isBelow(file, path) });
  const configuration = { source: 'commit', commit: range.base } as const;
  const { report: whole, excerpts } = await checkTree(ports, { files: configuredBy(base, tip), path, configuration });

  const findings = [...whole.findings, ...(await documentFindings(tip, path)), ...secretFindings(secrets, whole)];
  const notChecked = [...whole.notChecked, ...leftOpen(secrets)];
  const report = checkReport({ configuration, environments: whole.summary.environments, findings, notChecked });
  return { kind: 'checked', commits: past.commits.length, checked: { report, excerpts } };
}

/** The branch's own documents decide nothing here, but have to hold once they are merged. */
async function documentFindings(tip: PathTree, path: RepoPath | ''): Promise<readonly Finding[]> {
  const { services } = await findEnvironments(tip, path);
  return services.flatMap((service) => (service.kind === 'invalid' ? service.problems.map((problem) => documentFinding(problem)) : []));
}

/** Files that belong to no environment are searched as well; what the whole check told is not told again. */
function secretFindings({ standing, gone }: RangeSecrets, { findings }: CheckReport): readonly Finding[] {
  const told = new Set(findings.map(placeOf));
  return [...standing.filter((fault) => !told.has(placeOf(fault))), ...gone].map((fault) => findingOf(fault));
}

function placeOf({ rule, file, line }: Pick<FoundFault, 'rule' | 'file' | 'line'>): string {
  return `${rule} ${String(line)} ${file}`;
}

function leftOpen({ unread }: RangeSecrets): readonly NotChecked[] {
  const notes = new CheckNotes();
  for (const { because, file } of unread) notes.leaveOpen(['S17'], because, file);
  return notes.notChecked;
}

function isBelow(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}
