import type { Tier } from '../environment/tier.ts';

/** What a folder's name says of the environment in it. `rank`: the lower, the earlier a release gets there. */
export interface EnvironmentWord {
  readonly tier: Tier;
  readonly rank: number;
}

const words: readonly (readonly [tier: Tier, rank: number, words: readonly string[]])[] = [
  ['dev', 0, ['local']],
  ['dev', 1, ['dev', 'develop', 'development', 'sandbox', 'playground']],
  ['dev', 2, ['test', 'testing', 'tst', 'int', 'integration', 'ci', 'preview', 'review', 'ephemeral']],
  ['dev', 3, ['qa', 'nonprod', 'nonproduction', 'nonprd']],
  ['staging', 4, ['staging', 'stage', 'stg', 'stag']],
  ['staging', 5, ['uat', 'acceptance', 'acc', 'sit', 'rc']],
  ['staging', 6, ['preprod', 'preproduction', 'preprd']],
  ['production', 7, ['prod', 'production', 'prd', 'live']],
];

const byWord: ReadonlyMap<string, EnvironmentWord> = new Map(
  words.flatMap(([tier, rank, names]) => names.map((name): [string, EnvironmentWord] => [name, { tier, rank }])),
);

/** The tier and the order that a folder's name says: `prod-eu`, `eu_production`, `pre-prod`. Where it says several, the word that weakens another counts:
 *  `pre-prod` and `nonprod-live` are no production. */
export function environmentWord(name: string): EnvironmentWord | undefined {
  const parts = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => part !== '');
  const joined = parts.slice(1).map((part, index) => `${parts[index] ?? ''}${part}`);
  const found = [...joined, ...parts].flatMap((part) => byWord.get(part) ?? []);
  return found.toSorted((one, other) => one.rank - other.rank)[0];
}
