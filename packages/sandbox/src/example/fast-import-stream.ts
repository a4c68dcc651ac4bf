import { byPathBytes, type FileTree } from './file-tree.ts';

export interface ImportedCommit {
  readonly ref: string;
  /** `Name <mail>`, author and committer. */
  readonly person: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly message: string;
  readonly tree: FileTree;
}

/** Input of `git fast-import` for a line of commits, each the child of the one before. Every byte of a commit is in it, so
 *  neither the clock nor the configuration of the machine decides a commit id. */
export function fastImportStream(commits: readonly ImportedCommit[]): Uint8Array {
  const parts = commits.flatMap((commit, index) => [
    Buffer.from(commitHeader(commit, index)),
    data(Buffer.from(commit.message)),
    Buffer.from(index === 0 ? 'deleteall\n' : `from :${index.toString()}\ndeleteall\n`),
    ...byPathBytes(commit.tree).flatMap(([path, { mode, content }]) => [Buffer.from(`M ${mode} inline ${plain(path)}\n`), data(content)]),
  ]);
  return Buffer.concat([...parts, Buffer.from('done\n')]);
}

function commitHeader({ ref, person, at }: ImportedCommit, index: number): string {
  const when = `${(Date.parse(at) / 1000).toString()} +0000`;
  return `commit ${ref}\nmark :${(index + 1).toString()}\nauthor ${person} ${when}\ncommitter ${person} ${when}\n`;
}

function data(content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`data ${content.length.toString()}\n`), content, Buffer.from('\n')]);
}

/** The stream quotes some paths; the example has none of those, and a wrong quote would be another tree. */
function plain(path: string): string {
  if (!/^[\w.][\w./ -]*$/.test(path)) throw new Error(`path with a character that the example does not use: ${path}`);
  return path;
}
