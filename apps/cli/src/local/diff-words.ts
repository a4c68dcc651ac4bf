import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** What a person wrote after `diff`: commits, a folder, or both, in the order of `git diff`. */
export interface DiffWords {
  readonly path?: string;
  /** `A..B` or `A...B`: two commits. */
  readonly range?: string;
  /** One commit: compared with the files as they are. */
  readonly base?: string;
}

/** A word that names a folder is one; any other names commits. */
export async function diffWords(cwd: string, [first, second]: readonly string[]): Promise<DiffWords> {
  if (first === undefined) return {};
  if (second !== undefined) return { ...revisions(first), path: second };
  if ((await isThere(cwd, first)) || looksLikePath(first)) return { path: first };
  return revisions(first);
}

function revisions(word: string): DiffWords {
  return word.includes('..') ? { range: word } : { base: word };
}

async function isThere(cwd: string, word: string): Promise<boolean> {
  return (await stat(resolve(cwd, word)).catch(() => undefined)) !== undefined;
}

/** `./x`, `../x`, `x/`: nobody calls a commit so, and what is said of a folder that isn't there helps more. */
function looksLikePath(word: string): boolean {
  return /^\.{1,2}(\/|$)|\/$/.test(word);
}

/** The two places where commits can be named have to agree. */
export function oneOf(word: string | undefined, option: string | undefined, flag: string): string | undefined {
  if (word !== undefined && option !== undefined && word !== option)
    throw new UsageError(`${word} and ${flag} ${option} both say what to compare`, 'give one of them');
  return word ?? option;
}
