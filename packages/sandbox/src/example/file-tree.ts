import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** One file as Git keeps it: what a umask or a checkout adds to the mode is gone. */
export interface TreeFile {
  readonly mode: '100644' | '100755';
  readonly content: Uint8Array;
}

/** Paths with `/`, relative to the root, to their files. */
export type FileTree = ReadonlyMap<string, TreeFile>;

/** Reads all files below `root`, hidden ones too. Throws on a link or a device: a commit made of those depends on the machine. */
export async function readFileTree(root: string): Promise<FileTree> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, TreeFile>();
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) throw new Error(`not a regular file: ${file}`);
    const { mode } = await stat(file);
    files.set(relative(root, file).replaceAll(sep, '/'), {
      mode: (mode & 0o100) === 0 ? '100644' : '100755',
      content: await readFile(file),
    });
  }
  return files;
}

/** The files below `folder`, relative to it. */
export function subtree(tree: FileTree, folder: string): FileTree {
  const prefix = `${folder}/`;
  return new Map([...tree].filter(([path]) => path.startsWith(prefix)).map(([path, file]) => [path.slice(prefix.length), file]));
}

/** The files in the order of their paths' bytes, Git's and the artifact digest's. */
export function byPathBytes(tree: FileTree): readonly (readonly [path: string, file: TreeFile])[] {
  return [...tree].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
