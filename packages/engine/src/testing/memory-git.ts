import {
  applySplices,
  CommitSha,
  ConflictError,
  decodeUtf8,
  digestOf,
  encodeUtf8,
  type FileChange,
  fileChanges,
  GitRef,
  InvalidError,
  NotFoundError,
  ObjectSha,
  RepoPath,
} from '@fairlead/domain';
import type { MergeHistory } from '../ports/forge.ts';
import type { Ancestry, Git, MergedTree, NewCommit } from '../ports/git.ts';
import {
  keepBlob,
  keepTree,
  type MemoryCommit,
  type MemoryFiles,
  memoryObjects,
  type MemoryObjects,
  memorySnapshot,
  shorten,
} from './memory-objects.ts';

export interface MemoryRemote {
  /** As another process would open it. */
  open(): Git & MergeHistory;
  /** Somebody else's commit on the branch, made from `main` where it doesn't exist yet. */
  pushForeign(branch: string, texts: Readonly<Record<string, string>>): CommitSha;
  deleteBranch(branch: string): void;
}

/** A remote repository while the process lives. It merges by file: two changes of one file conflict. */
export function memoryRemote(): MemoryRemote {
  const remote: Repository = { objects: memoryObjects(), heads: new Map() };
  return {
    open: () => memoryGit(remote),
    pushForeign(branch, texts) {
      const parent = remote.heads.get(branch) ?? remote.heads.get('main');
      const files = new Map(parent === undefined ? [] : filesAt(remote.objects, parent).files);
      for (const [path, text] of Object.entries(texts)) {
        files.set(RepoPath.parse(path), { mode: '100644', blob: keepBlob(remote.objects, encodeUtf8(text)) });
      }
      const tree = keepTree(remote.objects, files);
      const commit = keepCommit(remote.objects, {
        tree,
        parents: parent === undefined ? [] : [parent],
        message: `change ${branch}`,
        at: 0,
      });
      remote.heads.set(branch, commit);
      return commit;
    },
    deleteBranch: (branch) => {
      remote.heads.delete(branch);
    },
  };
}

interface Repository {
  readonly objects: MemoryObjects;
  readonly heads: Map<string, CommitSha>;
}

function memoryGit(remote: Repository): Git & MergeHistory {
  const own: Repository = { objects: memoryObjects(), heads: new Map() };
  const { objects, heads } = own;
  return {
    async fetch() {
      await Promise.resolve();
      share(remote.objects, objects);
      heads.clear();
      for (const [branch, commit] of remote.heads) heads.set(branch, commit);
    },
    head: async (branch) => Promise.resolve(heads.get(checked(branch)) ?? 'absent'),
    async snapshot(commit) {
      const { tree, files } = await Promise.resolve(commit).then((id) => filesAt(objects, id));
      return memorySnapshot(objects, tree, files);
    },
    commit: async (request) => Promise.resolve(request).then((asked) => commitTo(objects, asked)),
    async push(branch, commit, expected) {
      await Promise.resolve();
      const head = remote.heads.get(checked(branch)) ?? 'absent';
      if (head === commit) return { kind: 'already-there' };
      if (head !== expected) return { kind: 'moved', head };
      share(objects, remote.objects);
      remote.heads.set(branch, commit);
      heads.set(branch, commit);
      return { kind: 'pushed' };
    },
    mergeTree: async (base, head) => Promise.resolve(base).then((ours) => mergeFiles(objects, ours, head)),
    async mergeCommit({ base, head, message, at }) {
      const merged = await Promise.resolve(mergeFiles(objects, base, head));
      if (merged.kind === 'conflict') throw new ConflictError('merge-conflict', `${head} conflicts with ${base}`);
      return keepCommit(objects, { tree: merged.tree, parents: [base, head], message, at: seconds(at) });
    },
    ancestry: async (commit, of) => Promise.resolve(commit).then((one) => ancestry(objects, one, of)),
    async findMerge(branch, head) {
      await Promise.resolve();
      const line = firstParents(objects, heads.get(checked(branch)));
      return line.findLast((commit) => objects.commits.get(commit)?.parents[1] === head) ?? 'absent';
    },
  };
}

function share(from: MemoryObjects, to: MemoryObjects): void {
  for (const [id, blob] of from.blobs) to.blobs.set(id, blob);
  for (const [id, tree] of from.trees) to.trees.set(id, tree);
  for (const [id, commit] of from.commits) to.commits.set(id, commit);
}

function checked(branch: string): string {
  if (GitRef.safeParse(`refs/heads/${branch}`).success) return branch;
  throw new InvalidError('branch-invalid', `${JSON.stringify(branch)} is not a branch name`);
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function keepCommit({ commits }: MemoryObjects, commit: MemoryCommit): CommitSha {
  const id = CommitSha.parse(shorten(digestOf({ ...commit })));
  commits.set(id, commit);
  return id;
}

function filesAt({ commits, trees }: MemoryObjects, id: CommitSha | ObjectSha): { readonly tree: ObjectSha; readonly files: MemoryFiles } {
  const commit = CommitSha.parse(id);
  const tree = commits.get(commit)?.tree ?? ObjectSha.parse(id);
  const files = trees.get(tree);
  if (files === undefined) throw new NotFoundError('commit-unknown', `the repository has no commit ${id}`);
  return { tree, files };
}

function commitTo(objects: MemoryObjects, { base, parents, edits, message, at }: NewCommit): CommitSha {
  const files = new Map(filesAt(objects, base).files);
  for (const [path, change] of fileChanges(edits)) apply(objects, files, { path, change });
  return keepCommit(objects, { tree: keepTree(objects, files), parents, message, at: seconds(at) });
}

function apply(
  objects: MemoryObjects,
  files: Map<RepoPath, { readonly mode: '100644' | '100755'; readonly blob: ObjectSha }>,
  { path, change }: { readonly path: RepoPath; readonly change: FileChange },
): void {
  const before = files.get(path);
  if (change.kind === 'copy') {
    if (!objects.blobs.has(change.blob)) throw new NotFoundError('object-unknown', `the repository has no object ${change.blob}`);
    files.set(path, { mode: change.mode, blob: change.blob });
  } else if (change.kind === 'write') {
    files.set(path, { mode: before?.mode ?? '100644', blob: keepBlob(objects, encodeUtf8(change.text)) });
  } else if (before === undefined) {
    throw new ConflictError('edit-misses', `the plan changes ${path}, which is not a file at its base`);
  } else if (change.kind === 'remove') {
    files.delete(path);
  } else {
    const text = decodeUtf8(objects.blobs.get(before.blob) ?? new Uint8Array()) ?? '';
    files.set(path, { mode: before.mode, blob: keepBlob(objects, encodeUtf8(applySplices(text, change.splices))) });
  }
}

function firstParents({ commits }: MemoryObjects, from: CommitSha | undefined): readonly CommitSha[] {
  const line: CommitSha[] = [];
  for (let at = from; at !== undefined; at = commits.get(at)?.parents[0]) line.push(at);
  return line;
}

/** The commit and all before it, nearest first. */
function history({ commits }: MemoryObjects, from: CommitSha): ReadonlySet<CommitSha> {
  const seen = new Set([from]);
  for (const commit of seen) for (const parent of commits.get(commit)?.parents ?? []) seen.add(parent);
  return seen;
}

function ancestry(objects: MemoryObjects, commit: CommitSha, of: CommitSha): Ancestry {
  filesAt(objects, commit);
  filesAt(objects, of);
  if (commit === of) return 'same';
  if (history(objects, of).has(commit)) return 'ancestor';
  return history(objects, commit).has(of) ? 'descendant' : 'unrelated';
}

function mergeFiles(objects: MemoryObjects, base: CommitSha, head: CommitSha): MergedTree {
  const theirsBefore = history(objects, head);
  const common = [...history(objects, base)].find((commit) => theirsBefore.has(commit));
  const before = common === undefined ? new Map<RepoPath, never>() : filesAt(objects, common).files;
  const [ours, theirs] = [filesAt(objects, base).files, filesAt(objects, head).files];
  const merged = new Map(ours);
  const conflicts: RepoPath[] = [];
  for (const path of new Set([...before.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [was, our, their] = [before, ours, theirs].map((files) => files.get(path));
    const same = (one: typeof was, other: typeof was): boolean => one?.blob === other?.blob && one?.mode === other?.mode;
    if (same(was, their) || same(our, their)) continue;
    if (!same(was, our)) conflicts.push(path);
    else if (their === undefined) merged.delete(path);
    else merged.set(path, their);
  }
  return conflicts.length > 0 ? { kind: 'conflict', paths: conflicts.toSorted() } : { kind: 'merged', tree: keepTree(objects, merged) };
}
