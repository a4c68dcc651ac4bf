import type { Json } from '../document/json.ts';
import { jsonEquals } from '../document/json-equals.ts';

/** Something said in a file. */
export interface SaidIn<T> {
  readonly file: string;
  readonly value: T;
}

/** What all files say that say it; `undefined` where none does. Who says something else than the first is named with both words. */
export function agreed<T extends Json>(
  what: string,
  said: readonly SaidIn<T>[],
  spell: (value: T) => string,
): { readonly value?: T; readonly problems: readonly AssemblyProblem[] } {
  const [first, ...others] = said;
  if (first === undefined) return { problems: [] };
  const contrary = others.filter(({ value }) => !jsonEquals(value, first.value));
  const problems = contrary.map(({ file, value }) => contradiction(what, [first.file, spell(first.value)], [file, spell(value)]));
  return { value: first.value, problems };
}

/** One thing that keeps fragments from being one release. */
export interface AssemblyProblem {
  readonly message: string;
  readonly fix: string;
}

type Word = readonly [file: string, said: string];

function contradiction(what: string, [file, said]: Word, [otherFile, otherSaid]: Word): AssemblyProblem {
  return {
    message: `${what} differs: ${file} says ${said}, ${otherFile} says ${otherSaid}`,
    fix: 'build both from one commit, and give only the fragments of one build',
  };
}
