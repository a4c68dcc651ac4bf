/** What is at a path. `symlink` also answers for every path below a symbolic link; `target` is what the link itself says, where it is known. */
export type FileAnswer =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      /** The content's identity: a Git blob id or a SHA-256. */
      readonly digest: string;
    }
  | { readonly kind: 'directory'; readonly entries: readonly string[]; readonly digest: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'symlink'; readonly target?: string };

/**
 * The readable root of a render: one state of a working tree or of a commit. Paths are relative to it, separated by `/`, without `.` or
 * `..`; `''` is the root itself. A rejection fails the render with that same error.
 */
export interface FileSnapshot {
  /** Names the whole content where that is cheap (a commit or a tree SHA). Equal identities promise equal answers. */
  readonly identity?: string;
  look(path: string): Promise<FileAnswer>;
  /** The digest that `look` would answer, where it is cheaper alone. A symbolic link's never equals a file's or a directory's. */
  digest?(path: string): Promise<string>;
}
