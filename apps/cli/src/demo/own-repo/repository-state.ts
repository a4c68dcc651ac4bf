import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { OwnRepository } from './own-repository.ts';
import { theirGit } from './their-git.ts';

const questions = [
  ['rev-parse', 'HEAD'],
  ['for-each-ref'],
  ['count-objects', '-v'],
  ['diff-index', '--raw', 'HEAD'],
  ['ls-files', '--others', '--exclude-standard', ':/'],
];

/** What git itself says of somebody's repository, and when its index was written: the same before and after, nothing was changed. */
export async function repositoryState({ folder }: OwnRepository): Promise<readonly string[]> {
  const answers = await Promise.all(questions.map((args) => theirGit(folder, ...args)));
  const index = await theirGit(folder, 'rev-parse', '--git-path', 'index');
  const written = index === undefined ? undefined : await stat(resolve(folder, index)).catch(() => undefined);
  return [...answers.map((answer) => answer ?? ''), String(written?.mtimeMs)];
}
