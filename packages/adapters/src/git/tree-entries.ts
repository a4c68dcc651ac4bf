import { ObjectSha, UpstreamError } from '@fairlead/domain';

export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'executable' | 'directory' | 'link';
  readonly sha: ObjectSha;
  /** A link whose object is its target; a submodule's is a commit of another repository. */
  readonly symbolic?: true;
}

const kinds: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'directory',
  '100755': 'executable',
  '120000': 'link',
  '160000': 'link', // a submodule: its files are as far away as a symlink's
};

/** The entries of a tree object, in Git's order. Old modes such as 100664 are plain files. */
export function treeEntries(tree: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < tree.length;) {
    const space = tree.indexOf(0x20, at);
    const nul = tree.indexOf(0, space);
    if (space === -1 || nul === -1 || nul + 21 > tree.length) throw broken();
    const mode = tree.toString('latin1', at, space);
    const name = tree.toString('utf8', space + 1, nul);
    const sha = ObjectSha.parse(tree.toString('hex', nul + 1, nul + 21));
    entries.push({ name, kind: kinds[mode] ?? 'file', sha, ...(mode === '120000' ? { symbolic: true } : {}) });
    at = nul + 21;
  }
  return entries;
}

function broken(): UpstreamError {
  return new UpstreamError('git-failed', 'a tree object is cut short', { provider: 'git', retryable: false });
}
