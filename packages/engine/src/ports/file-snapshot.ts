import type { TreeFile } from '@fairlead/domain';

export type { TreeFile };

export type FileAnswer =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly digest: string }
  | { readonly kind: 'directory'; readonly entries: readonly string[]; readonly digest: string }
  | { readonly kind: 'absent' }
  /** Also of every path below a symbolic link. `target`: what the link itself says, where that is known. */
  | { readonly kind: 'symlink'; readonly target?: string };

/** Files as they were at one moment: a Git tree, or a working tree read once. Paths are relative to its root, '' is the root. */
export interface FileSnapshot {
  /** Identity of the whole content where it is cheap (a tree SHA). */
  readonly identity?: string;
  look(path: string): Promise<FileAnswer>;
  /** The digest that `look` would answer, where it is cheaper without the bytes; `absent` or `symlink` where it is that. */
  digest?(path: string): Promise<string>;
}

/** A snapshot that can list paths. */
export interface PathTree extends FileSnapshot {
  /** All files under `path`, recursively, by path bytes. `absent` where there is no such folder. */
  files(path: string): Promise<readonly Pick<TreeFile, 'path'>[] | 'absent'>;
}

/** A snapshot that can list. Symlinks and submodules are not listed; `look` names them. */
export interface TreeSnapshot extends PathTree {
  /** All files under `path`, recursively, by path bytes. `absent` where there is no such folder. */
  files(path: string): Promise<readonly TreeFile[] | 'absent'>;
}
