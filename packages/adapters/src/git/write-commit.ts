import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applySplices,
  CommitSha,
  ConflictError,
  type FileChange,
  fileChanges,
  InvalidError,
  ObjectSha,
  type RepoPath,
  type TreeFile,
} from '@fairlead/domain';
import type { NewCommit } from '@fairlead/engine';
import type { GitAnswer, GitProgram } from './git-program.ts';

/** What writing reads: the files at the base, and blobs that must be there. */
export interface CommitBase {
  file(path: RepoPath): Promise<(TreeFile & { readonly bytes: Uint8Array }) | 'absent'>;
  ensureBlobs(blobs: readonly ObjectSha[]): Promise<void>;
}

/** Applies the edits to the base's tree in an index of its own and commits it. Same request, same SHA. */
export async function writeCommit(program: GitProgram, base: CommitBase, request: NewCommit): Promise<CommitSha> {
  const changes = fileChanges(request.edits);
  await base.ensureBlobs([...changes.values()].flatMap((change) => (change.kind === 'copy' ? [change.blob] : [])));
  const lines: string[] = [];
  for (const [path, change] of changes) lines.push(await indexLine(program, base, { path, change }));

  const folder = await mkdtemp(join(tmpdir(), 'fairlead-index-'));
  const variables = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await program.run(['read-tree', '--end-of-options', request.base], { variables });
    // Removals first: a folder may become a file.
    const input = lines.toSorted((a, b) => Number(b.startsWith('0 ')) - Number(a.startsWith('0 '))).join('');
    await program.run(['update-index', '-z', '--index-info'], { variables, input });
    const tree = ObjectSha.parse(text(await program.run(['write-tree', '--missing-ok'], { variables })));
    return await commitTree(program, { ...request, tree });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface TreeCommit {
  readonly tree: ObjectSha;
  readonly parents: readonly CommitSha[];
  readonly message: string;
  readonly at: Date;
}

/** A commit by Fairlead, in UTC and whole seconds, so that its bytes follow from the request alone. */
export async function commitTree(program: GitProgram, { tree, parents, message, at }: TreeCommit): Promise<CommitSha> {
  const date = `@${String(Math.floor(at.getTime() / 1000))} +0000`;
  const who = (role: string): Record<string, string> => ({
    [`GIT_${role}_NAME`]: 'Fairlead',
    [`GIT_${role}_EMAIL`]: 'fairlead@fairlead.dev',
    [`GIT_${role}_DATE`]: date,
  });
  const args = ['commit-tree', ...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree];
  const answer = await program.run(args, { input: `${message}\n`, variables: { ...who('AUTHOR'), ...who('COMMITTER') } });
  return CommitSha.parse(text(answer));
}

async function indexLine(
  program: GitProgram,
  base: CommitBase,
  { path, change }: { readonly path: RepoPath; readonly change: FileChange },
): Promise<string> {
  if (change.kind === 'copy') return `${change.mode} ${change.blob}\t${path}\0`;
  const before = await base.file(path);
  if (change.kind === 'write') {
    const mode = before === 'absent' ? '100644' : before.mode;
    return `${mode} ${await writeBlob(program, change.text)}\t${path}\0`;
  }
  if (before === 'absent') throw new ConflictError('edit-misses', `the plan changes ${path}, which is not a file at its base`);
  if (change.kind === 'remove') return `0 ${'0'.repeat(40)}\t${path}\0`;
  return `${before.mode} ${await writeBlob(program, applySplices(decode(path, before.bytes), change.splices))}\t${path}\0`;
}

async function writeBlob(program: GitProgram, content: string): Promise<string> {
  return text(await program.run(['hash-object', '-w', '--no-filters', '--stdin'], { input: content }));
}

function decode(path: RepoPath, bytes: Uint8Array): string {
  try {
    // With the byte order mark: offsets count it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidError('not-utf8', `${path} is not UTF-8 text`, { cause });
  }
}

function text(answer: GitAnswer): string {
  return answer.stdout.toString('utf8').trim();
}
