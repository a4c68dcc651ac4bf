import {
  applySplices,
  baseFolder,
  decodeUtf8,
  encodeUtf8,
  FairleadError,
  folderOf,
  isKustomization,
  relativePath,
  remoteEntries,
  UpstreamError,
  type PinnedBase,
} from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';
import type { RemoteBases } from '../ports/remote-bases.ts';

export interface RemoteBaseView {
  /** The files with every pinned base at its place below `root`, and kustomizations that refer to it there. */
  readonly over: (files: FileSnapshot) => FileSnapshot;
  /** The bases met so far, by their folder below `root`. */
  readonly bases: ReadonlyMap<string, PinnedBase>;
}

/** Shows remote bases as if they lay in the repository: as they would after `fairlead vendor`. A kustomization that refers to one has a digest
 *  that says so, for caches; `ownDigest` gives that of its own text, which decides all: the base is pinned by its commit. */
export function remoteBaseView(remotes: RemoteBases, root: string): RemoteBaseView {
  const bases = new Map<string, PinnedBase>();
  const opened = new Map<string, Promise<FileSnapshot>>();

  function open(folder: string, base: PinnedBase): Promise<FileSnapshot> {
    const found = opened.get(folder) ?? opening(remotes, base);
    opened.set(folder, found);
    found.catch(() => opened.delete(folder));
    return found;
  }

  async function look(files: FileSnapshot, path: string): Promise<FileAnswer> {
    const [folder, base] = [...bases].find(([name]) => path === `${root}/${name}` || path.startsWith(`${root}/${name}/`)) ?? [];
    if (folder === undefined || base === undefined) return files.look(path);
    return (await open(folder, base)).look(path.slice(root.length + folder.length + 2));
  }

  return {
    bases,
    over: (files) => ({
      ...(files.identity === undefined ? {} : { identity: files.identity }),
      async look(path) {
        const answer = await look(files, path);
        const text = answer.kind === 'file' && isKustomization(path) ? decodeUtf8(answer.bytes) : undefined;
        if (answer.kind !== 'file' || text === undefined) return answer;
        const local = withLocalBases({ text, path, root }, bases);
        return local === text ? answer : { ...answer, bytes: encodeUtf8(local), digest: viewedDigest(answer.digest, root) };
      },
    }),
  };
}

async function opening(remotes: RemoteBases, { repository, commit }: PinnedBase): Promise<FileSnapshot> {
  try {
    return await remotes.open(repository, commit);
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error;
    throw new UpstreamError(remoteBaseUnreachable, `${repository} at ${commit} could not be fetched: ${error.message}`, {
      provider: 'git',
      retryable: true,
      hint: 'look whether the repository can be read from here, and has that commit on a branch or tag',
      cause: error,
    });
  }
}

export const remoteBaseUnreachable = 'remote-base-unreachable';

function viewedDigest(digest: string, root: string): string {
  return `${digest} with ${root}`;
}

export function ownDigest(digest: string): string {
  return digest.split(' ', 1).join('');
}

interface Kustomization {
  readonly text: string;
  readonly path: string;
  readonly root: string;
}

function withLocalBases({ text, path, root }: Kustomization, bases: Map<string, PinnedBase>): string {
  const splices = remoteEntries(text).flatMap(({ reference, replacedBy }) => {
    if (reference.kind !== 'pinned') return [];
    const folder = baseFolder(reference.base);
    bases.set(folder, reference.base);
    const at = [root, folder, reference.base.path].filter((part) => part !== '').join('/');
    return replacedBy(relativePath(folderOf(path), at)) ?? [];
  });
  return applySplices(text, splices);
}
