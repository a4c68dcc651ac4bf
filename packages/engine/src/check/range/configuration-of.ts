import type { PathTree } from '../../ports/file-snapshot.ts';

const folder = '.fairlead';

/** A tree whose service roots are configured as another one says: a branch can't loosen the rules that it is judged by. A root that the other
 *  one doesn't have is configured by itself: there is nothing to loosen. */
export function configuredBy(base: PathTree, tree: PathTree): PathTree {
  const decided = new Map<string, Promise<boolean>>();
  const decides = (root: string): Promise<boolean> => {
    const known = decided.get(root) ?? base.look(joined(root, folder)).then(({ kind }) => kind === 'directory');
    decided.set(root, known);
    return known;
  };
  const sourceOf = async (path: string): Promise<PathTree> => {
    const root = rootOf(path);
    return root !== undefined && (await decides(root)) ? base : tree;
  };
  return {
    look: async (path) => {
      const answer = await (await sourceOf(path)).look(path);
      if (answer.kind !== 'directory' || rootOf(path) !== undefined || !(await decides(path))) return answer;
      return { ...answer, entries: [...new Set([...answer.entries, folder])].toSorted() };
    },
    async files(path) {
      const listed = await tree.files(path);
      const own = await Promise.all(
        (listed === 'absent' ? [] : listed).map(async (file) => ((await sourceOf(file.path)) === tree ? [file] : [])),
      );
      const theirs = await base.files(path);
      const configuration = theirs === 'absent' ? [] : theirs.filter((file) => rootOf(file.path) !== undefined);
      return listed === 'absent' && configuration.length === 0
        ? 'absent'
        : [...own.flat(), ...configuration].toSorted((one, other) => (one.path < other.path ? -1 : 1));
    },
  };
}

/** The service root that a path configures. */
function rootOf(path: string): string | undefined {
  const steps = path.split('/');
  const at = steps.indexOf(folder);
  return at < 0 ? undefined : steps.slice(0, at).join('/');
}

function joined(root: string, name: string): string {
  return root === '' ? name : `${root}/${name}`;
}
