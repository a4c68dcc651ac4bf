import { createHash } from 'node:crypto';
import type { FileAnswer, PathTree } from '@fairlead/engine';

/** One answer that a tree gave. */
export interface RecordedRead {
  readonly of: 'look' | 'files';
  readonly path: string;
  readonly answer: string;
}

export interface RecordedTree {
  readonly tree: PathTree;
  /** All that was asked for so far, each once. */
  reads(): Promise<readonly RecordedRead[]>;
}

/** The tree, and what was learned of it. */
export function recordedTree(tree: PathTree): RecordedTree {
  const looks = new Map<string, Promise<FileAnswer>>();
  const lists = new Map<string, ReturnType<PathTree['files']>>();
  return {
    tree: {
      look(path) {
        const answer = looks.get(path) ?? tree.look(path);
        looks.set(path, answer);
        return answer;
      },
      files(path) {
        const answer = lists.get(path) ?? tree.files(path);
        lists.set(path, answer);
        return answer;
      },
    },
    async reads() {
      const looked = [...looks].map(async ([path, answer]): Promise<RecordedRead> => ({
        of: 'look',
        path,
        answer: lookText(await answer),
      }));
      const listed = [...lists].map(async ([path, answer]): Promise<RecordedRead> => ({
        of: 'files',
        path,
        answer: listText(await answer),
      }));
      return [...(await Promise.all(listed)), ...(await Promise.all(looked))];
    },
  };
}

const together = 64;

/** Whether the tree would give the same answers now. */
export async function stillReads(tree: PathTree, reads: readonly RecordedRead[]): Promise<boolean> {
  for (let start = 0; start < reads.length; start += together) {
    const same = await Promise.all(reads.slice(start, start + together).map((read) => isSame(tree, read)));
    if (same.includes(false)) return false;
  }
  return true;
}

async function isSame(tree: PathTree, { of, path, answer }: RecordedRead): Promise<boolean> {
  return answer === (of === 'look' ? lookText(await tree.look(path)) : listText(await tree.files(path)));
}

function lookText(answer: FileAnswer): string {
  return 'digest' in answer ? `${answer.kind} ${answer.digest}` : answer.kind;
}

function listText(answer: Awaited<ReturnType<PathTree['files']>>): string {
  if (answer === 'absent') return answer;
  const digest = createHash('sha256');
  for (const { path } of answer) digest.update(`${path}\0`);
  return digest.digest('hex');
}
