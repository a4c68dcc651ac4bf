import { type Ancestry, type Git, type MergeHistory, type TreeSnapshot } from '@fairlead/engine';
import { CommitSha, ConflictError, NotFoundError, ObjectSha, type RepoPath } from '@fairlead/domain';
import { branchRef } from './branch-ref.ts';
import { fileInTree, gitTreeSnapshot } from './git-tree-snapshot.ts';
import { mergeTree } from './merge-tree.ts';
import { type Mirror, openMirror } from './mirror.ts';
import { ObjectReader } from './object-reader.ts';
import type { GitOptions } from './options.ts';
import { pushBranch } from './push-branch.ts';
import { type CommitBase, commitTree, writeCommit } from './write-commit.ts';
import { type TreeReader, treeReader } from './tree-reader.ts';

export type GitRepository = Git & MergeHistory & AsyncDisposable;

interface Parts {
  readonly mirror: Mirror;
  readonly objects: ObjectReader;
  readonly trees: TreeReader;
}

/** A remote repository through a local mirror and the `git` program (≥ 2.38). What it reads, writes and never does: README.md. */
export function gitRepository(options: GitOptions): GitRepository {
  const mirror = openMirror(options);
  const objects = new ObjectReader(mirror.program);
  const trees = treeReader(objects, (blobs) => mirror.fetchObjects(blobs));
  const parts: Parts = { mirror, objects, trees };
  return {
    fetch: (freshness) => mirror.fetch(freshness),
    head: (branch) => head(parts, branch),
    snapshot: (commit) => snapshot(parts, commit),
    async commit(request) {
      await mirror.prepare();
      return writeCommit(mirror.program, await commitBase(parts, request.base), request);
    },
    push: (branch, commit, expected) => pushBranch(mirror, { branch, commit, expected }),
    async mergeTree(base, headCommit) {
      await mirror.prepare();
      await Promise.all([treeOf(parts, base), treeOf(parts, headCommit)]);
      return mergeTree(mirror, base, headCommit);
    },
    async mergeCommit({ base, head: headCommit, message, at }) {
      const merged = await mergeTree(mirror, base, headCommit);
      if (merged.kind === 'merged') return commitTree(mirror.program, { tree: merged.tree, parents: [base, headCommit], message, at });
      throw new ConflictError('merge-conflict', `${headCommit} conflicts with ${base} in ${merged.paths.slice(0, 3).join(', ')}`);
    },
    ancestry: (commit, of) => ancestry(parts, commit, of),
    findMerge: (branch, merged) => findMerge(parts, branch, merged),
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}

async function head({ mirror, objects }: Parts, branch: string): Promise<CommitSha | 'absent'> {
  const ref = branchRef(branch).replace('refs/heads/', 'refs/remotes/origin/');
  await mirror.prepare();
  const found = await objects.identify(ref);
  return found === 'missing' ? 'absent' : CommitSha.parse(found.sha);
}

async function snapshot(parts: Parts, commit: CommitSha | ObjectSha): Promise<TreeSnapshot> {
  await parts.mirror.prepare();
  return gitTreeSnapshot(parts.trees, await treeOf(parts, commit));
}

async function treeOf({ objects }: Parts, commit: string): Promise<ObjectSha> {
  const found = await objects.identify(`${commit}^{tree}`);
  if (found !== 'missing') return ObjectSha.parse(found.sha);
  throw new NotFoundError('commit-unknown', `the repository has no commit ${commit}`, { hint: 'push it, then try again' });
}

async function commitBase(parts: Parts, base: CommitSha): Promise<CommitBase> {
  const root = await treeOf(parts, base);
  const files = gitTreeSnapshot(parts.trees, root);
  return {
    ensureBlobs: (blobs) => parts.trees.ensureBlobs(blobs),
    async file(path: RepoPath) {
      const entry = await fileInTree(parts.trees, root, path);
      const found = entry === 'absent' ? entry : await files.look(path);
      return entry === 'absent' || found === 'absent' || found.kind !== 'file' ? 'absent' : { ...entry, bytes: found.bytes };
    },
  };
}

async function ancestry(parts: Parts, commit: CommitSha, of: CommitSha): Promise<Ancestry> {
  await parts.mirror.prepare();
  await Promise.all([treeOf(parts, commit), treeOf(parts, of)]);
  if (commit === of) return 'same';
  const isAncestor = async (a: CommitSha, b: CommitSha): Promise<boolean> =>
    (await parts.mirror.program.run(['merge-base', '--is-ancestor', a, b], { answers: [0, 1] })).code === 0;
  if (await isAncestor(commit, of)) return 'ancestor';
  return (await isAncestor(of, commit)) ? 'descendant' : 'unrelated';
}

/** Only what the base has and the merged commit hasn't: the walk is as long as the branch is old. */
async function findMerge(parts: Parts, branch: string, merged: CommitSha): Promise<CommitSha | 'absent'> {
  const base = await head(parts, branch);
  if (base === 'absent' || (await parts.objects.identify(merged)) === 'missing') return 'absent';
  const args = ['rev-list', '--first-parent', '--merges', '--parents', base, `^${merged}`];
  const lines = (await parts.mirror.program.run(args)).stdout.toString('utf8').split('\n');
  const found = lines.map((line) => line.split(' ')).findLast(([, , second]) => second === merged);
  return found?.[0] === undefined ? 'absent' : CommitSha.parse(found[0]);
}
