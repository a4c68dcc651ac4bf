import { mkdir, readdir } from 'node:fs/promises';
import { exampleStory, type ExampleVersion } from './example-story.ts';
import { readExampleTrees, type ExampleFolders } from './example-trees.ts';
import { fastImportStream } from './fast-import-stream.ts';
import { isolatedGit } from './isolated-git.ts';

export interface ExampleHistoryOptions extends ExampleFolders {
  /** The bare repository to create; absent, or an empty folder. */
  readonly into: string;
}

export interface ExampleHistory {
  /** The source commit of each release, the same on every machine. */
  readonly commits: Readonly<Record<ExampleVersion, string>>;
}

/** Makes the example's repository as its developers left it: `main` at the source of 1.41.0, nothing released, and the later sources
 *  as `refs/heads/line/1.42.0` and `refs/heads/line/1.43.0`, each the child of the one before, waiting to be merged. */
export async function buildExampleHistory(options: ExampleHistoryOptions): Promise<ExampleHistory> {
  const { into } = options;
  await mkdir(into, { recursive: true });
  if ((await readdir(into)).length > 0) throw new Error(`folder is not empty: ${into}`);
  const trees = await readExampleTrees(options);
  const stream = fastImportStream(exampleStory.map((commit) => ({ ...commit, tree: trees[commit.version] })));

  await isolatedGit(into, ['init', '--quiet', '--bare', '--template=', '--object-format=sha1']);
  await isolatedGit(into, ['fast-import', '--quiet', '--done'], stream);
  return { commits: await readCommits(into) };
}

async function readCommits(into: string): Promise<ExampleHistory['commits']> {
  const lines = (await isolatedGit(into, ['rev-parse', ...exampleStory.map(({ ref }) => ref)])).trim().split('\n');
  const [first, second, third] = lines;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error(`git made ${lines.length.toString()} commits, not 3`);
  return { '1.41.0': first, '1.42.0': second, '1.43.0': third };
}
