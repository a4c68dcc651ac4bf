import {
  applySplices,
  decodeUtf8,
  digestOf,
  digestOfText,
  encodeUtf8,
  fileChanges,
  InvalidError,
  type Edit,
  type FileChange,
  type RepoPath,
} from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';

/** The files as the edits would leave them, without writing anything. `copies` holds what `copy` edits take: the release's
 *  source commit. Digests of what is edited differ from those of Git, so caches don't mix them up. */
export function editedSnapshot(base: FileSnapshot, edits: readonly Edit[], copies: FileSnapshot): FileSnapshot {
  const changes = fileChanges(edits);
  return {
    async look(path) {
      const change = [...changes].find(([changed]) => changed === path)?.[1];
      if (change !== undefined) return changed({ base, copies }, path, change);
      const below = [...changes].filter(([changed]) => path === '' || changed.startsWith(`${path}/`));
      return below.length === 0 ? base.look(path) : folder(await base.look(path), path, below);
    },
  };
}

interface Sources {
  readonly base: FileSnapshot;
  readonly copies: FileSnapshot;
}

async function changed({ base, copies }: Sources, path: string, change: FileChange): Promise<FileAnswer> {
  switch (change.kind) {
    case 'remove':
      return { kind: 'absent' };
    case 'copy':
      return copies.look(change.from);
    case 'write':
      return written(change.text);
    case 'splices': {
      const before = await base.look(path);
      const text = before.kind === 'file' ? decodeUtf8(before.bytes) : undefined;
      if (text === undefined) throw new InvalidError('splice-target', `${path} is no text file to splice`);
      return written(applySplices(text, change.splices));
    }
  }
}

function written(text: string): FileAnswer {
  return { kind: 'file', bytes: encodeUtf8(text), digest: digestOfText(text) };
}

/** A folder's listing with the files that come and go below it. One that loses its last file isn't there any more. */
function folder(before: FileAnswer, path: string, below: readonly (readonly [RepoPath, FileChange])[]): FileAnswer {
  const entries = new Set(before.kind === 'directory' ? before.entries : []);
  const prefix = path === '' ? 0 : path.length + 1;
  for (const [changedPath, change] of below) {
    const [name = '', ...deeper] = changedPath.slice(prefix).split('/');
    if (change.kind !== 'remove') entries.add(name);
    else if (deeper.length === 0) entries.delete(name);
  }
  if (entries.size === 0) return { kind: 'absent' };
  const sorted = [...entries].toSorted();
  const edits = below.map(([name, change]) => (change.kind === 'copy' ? [name, change.blob] : [name, JSON.stringify(change)]));
  return {
    kind: 'directory',
    entries: sorted,
    digest: digestOf({ before: before.kind === 'directory' ? before.digest : 'absent', edits }),
  };
}
