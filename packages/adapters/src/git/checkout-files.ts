import type { PathTree } from '@fairlead/engine';
import { RepoPath } from '@fairlead/domain';
import { gitProgram } from './git-program.ts';
import type { Surroundings } from './options.ts';
import { workingTreeSnapshot } from './working-tree-snapshot.ts';

/** A checkout's files as they are on disk. It lists what Git has or would add: what is ignored is somebody else's business, and may be huge. */
export function checkoutFiles(root: string, surroundings: Surroundings = {}): PathTree {
  const program = gitProgram({ name: root, directory: root, surroundings });
  const snapshot = workingTreeSnapshot(root);
  const listings = new Map<string, Promise<readonly string[]>>();

  async function list(path: string): Promise<readonly string[]> {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', `:(top,literal)${path}`];
    return (await program.run(args)).stdout.toString('utf8').split('\0').toSorted(byBytes);
  }

  /** A folder around it may have been listed already; git walks the whole work tree for each question. */
  async function listed(path: string): Promise<readonly string[]> {
    const prefix = path === '' ? '' : `${path}/`;
    const around = [...listings.keys()].find((known) => known === '' || prefix.startsWith(`${known}/`)) ?? path;
    const listing = listings.get(around) ?? list(around);
    listings.set(around, listing);
    return (await listing).filter((file) => file.startsWith(prefix));
  }

  return {
    look: (path) => snapshot.look(path),
    async files(path) {
      if ((await snapshot.look(path)).kind !== 'directory') return 'absent';
      return (await listed(path)).flatMap(asListed);
    },
  };
}

/** A folder's files where there is no repository, without what belongs to tools. */
export function folderFiles(root: string): PathTree {
  const snapshot = workingTreeSnapshot(root);
  async function below(path: string): Promise<readonly string[]> {
    const answer = await snapshot.look(path);
    if (answer.kind !== 'directory') return answer.kind === 'file' ? [path] : [];
    const names = answer.entries.filter((name) => name !== 'node_modules' && (!name.startsWith('.') || name === '.fairlead'));
    return (await Promise.all(names.map((name) => below(path === '' ? name : `${path}/${name}`)))).flat();
  }
  return {
    look: (path) => snapshot.look(path),
    async files(path) {
      if ((await snapshot.look(path)).kind !== 'directory') return 'absent';
      return (await below(path)).toSorted(byBytes).flatMap(asListed);
    },
  };
}

/** A name that no tree could hold is nothing that a render could read. */
function asListed(path: string): readonly { readonly path: RepoPath }[] {
  const parsed = RepoPath.safeParse(path);
  return parsed.success ? [{ path: parsed.data }] : [];
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
