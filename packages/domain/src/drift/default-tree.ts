import type { ApiDefault } from './tables/api-default.ts';

/** The API defaults of a kind, by path. `any` holds those of whatever key or element. */
export interface DefaultTree {
  readonly here: readonly ApiDefault[];
  readonly children: ReadonlyMap<string, DefaultTree>;
  readonly any: DefaultTree | undefined;
}

export function defaultTree(defaults: readonly ApiDefault[]): DefaultTree {
  return branch(defaults, 0);
}

/** Those that lead on: a default of every key holds for a named one too. */
export function branches(trees: readonly DefaultTree[], key: string): readonly DefaultTree[] {
  if (trees.length === 0) return trees;
  return trees.flatMap(({ children, any }) => [children.get(key) ?? [], any ?? []].flat());
}

function branch(defaults: readonly ApiDefault[], depth: number): DefaultTree {
  const steps = new Set(defaults.flatMap(({ path }) => path[depth] ?? []));
  const grown = [...steps].map((step): readonly [string, DefaultTree] => [
    step,
    branch(
      defaults.filter(({ path }) => path[depth] === step),
      depth + 1,
    ),
  ]);
  const children = new Map(grown);
  const any = children.get('*');
  children.delete('*');
  return { here: defaults.filter(({ path }) => path.length === depth), children, any };
}
