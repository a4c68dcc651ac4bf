import {
  checkReport,
  documentFinding,
  findingOf,
  InvalidError,
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

type RangePorts = Parameters<typeof checkTree>[0] & { readonly history: CommitHistory };

/** Judges what merging a branch would bring: its last commit as a whole, and every commit before it for secrets, since Git keeps them all.
 *  The rules are those of `base`. */
export async function checkRange(
  ports: RangePorts,
  { range, base, tip, path }: RangeRequest,
): Promise<Checked & { readonly commits: number }> {
  const past = await ports.history.commits(range);
  if (past.kind === 'shallow') throw cutOff(past.at);
  const secrets = await rangeSecrets(ports.history, { range, commits: past.commits, isMeant: (file) => isBelow(file, path) });
  const configuration = { source: 'commit', commit: range.base } as const;
  const checked = await checkTree(ports, { files: configuredBy(base, tip), path, configuration });

  const findings = [...checked.report.findings, ...(await documentFindings(tip, path)), ...secretFindings(secrets, checked.report)];
  const { environments } = checked.report.summary;
  const report = checkReport({ configuration, environments, findings, notChecked: [...checked.report.notChecked, ...leftOpen(secrets)] });
  return { ...checked, report, commits: past.commits.length };
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

function cutOff(commit: string): InvalidError {
  return new InvalidError(
    'history-shallow',
    `this clone is cut off at commit ${commit.slice(0, 12)}, so the commits of the range can't be told from what was there before`,
    {
      hint: 'git fetch --unshallow; in CI fetch the whole history (actions/checkout: fetch-depth: 0, GitLab: GIT_DEPTH: 0)',
    },
  );
}
