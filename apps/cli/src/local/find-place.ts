import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { didYouMean, isKustomization, NotFoundError, RepoPath } from '@fairlead/domain';
import { UsageError } from '../usage-error.ts';

/** What a command may read, and where in it the command was pointed. */
export interface Place {
  /** Absolute: the top of the Git work tree, else the working directory. */
  readonly root: string;
  /** From the root; '' is the root itself. */
  readonly path: RepoPath | '';
}

/** The place that a PATH names. `topOf`: the top of the work tree that a folder lies in, if it lies in one. */
export async function findPlace(cwd: string, argument: string, topOf: (directory: string) => Promise<string | undefined>): Promise<Place> {
  const target = await folderOf(cwd, argument);
  const root = (await topOf(target)) ?? (await realpath(cwd));
  const path = relative(root, target);
  if (path === '') return { root, path: '' };
  const inside = RepoPath.safeParse(path.split(sep).join('/'));
  if (inside.success) return { root, path: inside.data };
  throw new UsageError(
    `${argument} lies outside of ${root}, which is all that may be read`,
    'change to a folder above it, or put it under Git',
  );
}

/** A kustomization stands for its folder. */
async function folderOf(cwd: string, argument: string): Promise<string> {
  const asked = resolve(cwd, argument);
  const found = await stat(asked).catch(() => undefined);
  if (found === undefined) throw await unknownPath(asked, argument);
  if (found.isDirectory()) return realpath(asked);
  if (isKustomization(basename(asked))) return realpath(dirname(asked));
  throw new UsageError(`${argument} is a file`, 'give the folder of a kustomization');
}

async function unknownPath(asked: string, argument: string): Promise<NotFoundError> {
  const siblings = await readdir(dirname(asked)).catch((): string[] => []);
  const meant = didYouMean(basename(asked), siblings);
  const hint =
    meant === undefined
      ? 'give a folder that is there'
      : `did you mean ${argument.slice(0, argument.length - basename(argument).length)}${meant}?`;
  return new NotFoundError('path-unknown', `there is no ${argument}`, { hint });
}
