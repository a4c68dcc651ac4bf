import { join } from 'node:path';
import { exampleStory, type ExampleVersion } from './example-story.ts';
import { readFileTree, type FileTree } from './file-tree.ts';

export interface ExampleFolders {
  /** `examples/platform-control`: the repository after 1.41.0 reached all environments. */
  readonly example: string;
  /** `examples/history`: what the example looked like before, and the later releases. */
  readonly history: string;
}

/** What releasing adds to a source tree; the commit that a release is built from has none of it. */
const released = /^(?:releases\/|environments\/[^/]+\/(?:release\/|release-manifest[.]ref$))/;

/** The whole tree of each release's source commit. */
export async function readExampleTrees(folders: ExampleFolders): Promise<Readonly<Record<ExampleVersion, FileTree>>> {
  const unreleased = await readFileTree(join(folders.history, 'unreleased'));
  const example = await readFileTree(folders.example);
  const first = new Map([...[...example].filter(([path]) => !released.test(path)), ...unreleased]);
  const second = await childTree(folders, first, '1.42.0');
  const third = await childTree(folders, second, '1.43.0');
  return { '1.41.0': first, '1.42.0': second, '1.43.0': third };
}

async function childTree({ history }: ExampleFolders, parent: FileTree, version: ExampleVersion): Promise<FileTree> {
  const tree = new Map([...parent, ...(await readFileTree(join(history, version)))]);
  for (const path of exampleStory.find((commit) => commit.version === version)?.deletes ?? []) {
    if (!tree.delete(path)) throw new Error(`${version} deletes ${path}, which its parent does not have`);
  }
  return tree;
}
