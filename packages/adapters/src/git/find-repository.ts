import type { CommitHistory, PathTree, TreeSnapshot } from '@fairlead/engine';
import { CommitSha, InvalidError, NotFoundError, ObjectSha } from '@fairlead/domain';
import { checkoutFiles } from './checkout-files.ts';
import { commitHistory } from './commit-history.ts';
import { type GitProgram, gitProgram } from './git-program.ts';
import { gitTreeSnapshot } from './git-tree-snapshot.ts';
import { ObjectReader } from './object-reader.ts';
import type { Surroundings } from './options.ts';
import { missingObject, treeReader } from './tree-reader.ts';
import { workingTreeSnapshot } from './working-tree-snapshot.ts';

/** Somebody's checkout, read and never written. */
export interface Checkout extends AsyncDisposable {
  /** The work tree's top level; absolute. */
  readonly root: string;
  /** `absent` before the first commit. */
  readonly head: CommitSha | 'absent';
  /** The full name of the branch that is checked out; none where HEAD is detached. */
  readonly branch?: string;
  /** Where `origin` is, without credentials. */
  readonly origin?: string;
  /** `origin/HEAD`, else `init.defaultBranch`, `main` or `master`, whichever exists first. */
  readonly defaultBranch: { readonly name: string; readonly commit: CommitSha } | 'absent';
  /** The commit that a revision (a branch, tag, SHA or `HEAD~2`) names. */
  resolve(revision: string): Promise<CommitSha | 'absent'>;
  mergeBase(one: CommitSha, other: CommitSha): Promise<CommitSha | 'absent'>;
  committedAt(commit: CommitSha): Promise<Date>;
  readonly history: CommitHistory;
  snapshot(commit: CommitSha): Promise<TreeSnapshot>;
  /** The files as they are now; a new snapshot each time. */
  workingTree(): TreeSnapshot;
  /** The files as they are now, of which it lists what Git has or would add. */
  files(): PathTree;
}

/** The checkout that the directory lies in. */
export async function findRepository(directory: string, surroundings: Surroundings = {}): Promise<Checkout | 'absent'> {
  const finder = gitProgram({ name: directory, directory, surroundings });
  const found = await finder.run(['rev-parse', '--show-toplevel'], { answers: [0, 128] });
  if (found.code !== 0) return absentOr(found.stderr);
  const root = found.stdout.toString('utf8').replace(/\n$/, '');
  const program = gitProgram({ name: root, directory: root, surroundings });
  const objects = new ObjectReader(program);
  const trees = treeReader(objects, ([missing]) => Promise.reject(missingObject(missing ?? '')));
  const resolve = (revision: string): Promise<CommitSha | 'absent'> => resolveCommit(program, revision);
  return {
    root,
    head: await resolve('HEAD'),
    ...(await currentBranch(program)),
    ...(await origin(program)),
    defaultBranch: await defaultBranch(program, surroundings),
    resolve,
    mergeBase: (one, other) => mergeBase(program, one, other),
    committedAt: (commit) => committedAt(objects, commit),
    history: commitHistory({ program, objects }),
    async snapshot(commit) {
      const tree = await objects.identify(`${commit}^{tree}`);
      if (tree === 'missing') throw new NotFoundError('commit-unknown', `${root} has no commit ${commit}`, { hint: 'git fetch' });
      return gitTreeSnapshot(trees, ObjectSha.parse(tree.sha));
    },
    workingTree: () => workingTreeSnapshot(root),
    files: () => checkoutFiles(root, surroundings),
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}

function absentOr(stderr: string): 'absent' {
  if (/not a git repository|must be run in a work tree/.test(stderr)) return 'absent';
  throw new InvalidError('checkout-unreadable', `git could not read the checkout: ${stderr.trim().slice(0, 300)}`);
}

async function resolveCommit(program: GitProgram, revision: string): Promise<CommitSha | 'absent'> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const parsed = CommitSha.safeParse(text(await program.run(args, { answers: [0, 1, 128] })));
  return parsed.success ? parsed.data : 'absent';
}

async function currentBranch(program: GitProgram): Promise<{ readonly branch?: string }> {
  const branch = text(await program.run(['symbolic-ref', '--quiet', 'HEAD'], { answers: [0, 1] }));
  return branch === '' ? {} : { branch };
}

async function defaultBranch(program: GitProgram, surroundings: Surroundings): Promise<Checkout['defaultBranch']> {
  const remote = await program.run(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], { answers: [0, 1] });
  const preferred = await userSetting(program, surroundings);
  for (const name of [text(remote), preferred, 'main', 'master']) {
    if (name === '') continue;
    const commit = await branchCommit(program, name);
    if (commit !== 'absent') return { name: name.replace(/^origin\//, ''), commit };
  }
  return 'absent';
}

async function branchCommit(program: GitProgram, name: string): Promise<CommitSha | 'absent'> {
  if (name.startsWith('origin/')) return resolveCommit(program, `refs/remotes/${name}`);
  const local = await resolveCommit(program, `refs/heads/${name}`);
  return local === 'absent' ? resolveCommit(program, `refs/remotes/origin/${name}`) : local;
}

/** The one setting for which the person's own config counts. */
async function userSetting(program: GitProgram, surroundings: Surroundings): Promise<string> {
  const home = surroundings['HOME'];
  const variables = home === undefined ? {} : { GIT_CONFIG_GLOBAL: `${home}/.gitconfig` };
  return text(await program.run(['config', '--get', 'init.defaultBranch'], { answers: [0, 1], variables }));
}

async function origin(program: GitProgram): Promise<{ readonly origin?: string }> {
  const url = text(await program.run(['config', '--get', 'remote.origin.url'], { answers: [0, 1] }));
  return url === '' ? {} : { origin: url.replace(/^(https?:\/\/)[^/@]*@/, '$1') };
}

async function mergeBase(program: GitProgram, one: CommitSha, other: CommitSha): Promise<CommitSha | 'absent'> {
  const found = CommitSha.safeParse(text(await program.run(['merge-base', one, other], { answers: [0, 1] })));
  return found.success ? found.data : 'absent';
}

async function committedAt(objects: ObjectReader, commit: CommitSha): Promise<Date> {
  const object = await objects.read(commit);
  const seconds = object === 'missing' ? undefined : /^committer .*> (\d+) [+-]\d{4}$/m.exec(object.bytes.toString('utf8'))?.[1];
  if (seconds === undefined) throw new NotFoundError('commit-unknown', `the repository has no commit ${commit}`);
  return new Date(Number(seconds) * 1000);
}

function text(answer: { readonly stdout: Buffer }): string {
  return answer.stdout.toString('utf8').trim();
}
