import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import { theirGit } from './their-git.ts';

/** Somebody's repository as its HEAD has it: read, never written. */
export interface OwnRepository {
  /** The folder that was named; absolute. */
  readonly folder: string;
  /** The top of the work tree; the folder itself where the repository is bare. */
  readonly top: string;
  /** Where its objects are. */
  readonly objects: string;
  readonly commit: string;
  readonly tree: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly committedAt: string;
  readonly branch?: string;
  /** Paths of the work tree that are not, or don't seem to be, as HEAD has them. */
  readonly notCommitted: readonly string[];
}

export async function findOwnRepository(cwd: string, argument: string): Promise<OwnRepository> {
  const folder = await folderOf(cwd, argument);
  const asked = ['--is-inside-work-tree', '--show-object-format', '--path-format=absolute', '--git-path', 'objects'];
  const [inside, format, objects] = (await linesOf(folder, ['rev-parse', ...asked])) ?? [];
  if (objects === undefined) {
    throw new UsageError(`${argument} is in no Git repository`, 'the demo works on a commit: git init, git add and git commit it first');
  }
  if (format !== 'sha1') {
    throw new UsageError(`the repository at ${argument} has ${format ?? 'other'} object ids`, 'Fairlead reads repositories with SHA-1 ids');
  }
  const head = await headOf(folder);
  if (head === undefined) {
    throw new UsageError(`the repository at ${argument} has no commit at HEAD`, 'commit what the demo shall use');
  }
  const isBare = inside !== 'true';
  return {
    folder,
    top: isBare ? folder : await topOf(folder),
    objects,
    ...head,
    notCommitted: isBare ? [] : await notCommitted(folder),
  };
}

async function topOf(folder: string): Promise<string> {
  return (await theirGit(folder, 'rev-parse', '--show-toplevel')) ?? folder;
}

async function folderOf(cwd: string, argument: string): Promise<string> {
  const folder = resolve(cwd, argument);
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) throw new UsageError(`--repo: there is no ${argument}`, 'give the folder of a Git repository');
  if (!found.isDirectory()) throw new UsageError(`--repo: ${argument} is no folder`, 'give the folder of a Git repository');
  return realpath(folder);
}

async function linesOf(folder: string, args: readonly string[]): Promise<readonly string[] | undefined> {
  return (await theirGit(folder, ...args))?.split('\n');
}

/** By the commit's own words: a partial clone may not hold its tree. */
async function headOf(folder: string): Promise<Pick<OwnRepository, 'commit' | 'tree' | 'subject' | 'committedAt' | 'branch'> | undefined> {
  const said = await linesOf(folder, ['rev-list', '--max-count=1', '--format=%H%n%T%n%ct%n%s', 'HEAD']);
  const [, commit, tree, seconds, subject = ''] = said ?? [];
  if (commit === undefined || tree === undefined) return undefined;
  const branch = await theirGit(folder, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  const committedAt = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
  return { commit, tree, subject, committedAt, ...(branch === undefined ? {} : { branch }) };
}

/** By the index's own notes alone: to compare contents, git would run filters that the repository configures. */
async function notCommitted(folder: string): Promise<readonly string[]> {
  const changed = await theirGit(folder, 'diff-index', '-z', '--name-only', 'HEAD');
  const added = await theirGit(folder, 'ls-files', '-z', '--others', '--exclude-standard', '--full-name', ':/');
  const paths = [changed, added].flatMap((answer) => answer?.split('\0') ?? []);
  return [...new Set(paths)].filter((path) => path !== '').toSorted();
}
