import { fileChanges, type Edit, type RepoPath } from '@fairlead/domain';
import { editedSnapshot } from '../desired-state/edited-snapshot.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';

/** What a file is after the edits. */
export type EditedFile = { readonly kind: 'file'; readonly bytes: Uint8Array; readonly executable: boolean } | { readonly kind: 'removed' };

/** Every file that the edits change, as they leave it. `copies` holds what is copied. */
export async function editedFiles(
  files: TreeSnapshot,
  edits: readonly Edit[],
  copies: TreeSnapshot,
): Promise<ReadonlyMap<RepoPath, EditedFile>> {
  const after = editedSnapshot(files, edits, copies);
  const edited = new Map<RepoPath, EditedFile>();
  for (const [path, change] of fileChanges(edits)) {
    const answer = await after.look(path);
    const isExecutable = change.kind === 'copy' ? change.mode === '100755' : await wasExecutable(files, path);
    edited.set(path, answer.kind === 'file' ? { kind: 'file', bytes: answer.bytes, executable: isExecutable } : { kind: 'removed' });
  }
  return edited;
}

async function wasExecutable(files: TreeSnapshot, path: RepoPath): Promise<boolean> {
  const folder = await files.files(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return folder !== 'absent' && folder.some((file) => file.path === path && file.mode === '100755');
}
