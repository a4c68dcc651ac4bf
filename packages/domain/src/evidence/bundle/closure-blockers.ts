import type { Blocker } from '../../blocker/blocker.ts';
import type { Tier } from '../../environment/tier.ts';
import type { PromotionId } from '../../promotion/promotion-id.ts';

interface Closing {
  readonly promotion: PromotionId;
  readonly tier: Tier;
  /** By code, as `bundleGaps` gives them. */
  readonly gaps: readonly string[];
}

/** Why a promotion that is otherwise ready isn't closed yet: in production nothing is done whose proof isn't whole. Elsewhere the bundle says what it lacks. */
export function closureBlockers({ promotion, tier, gaps }: Closing, now: Date): readonly Blocker[] {
  if (tier !== 'production' || gaps.length === 0) return [];
  return [
    {
      gate: 'evidence',
      code: 'bundle-incomplete',
      message: `the proof of promotion ${promotion} is not whole, so it is not closed: on record there is no ${gaps.map(wordOf).join(', no ')}`,
      since: now.toISOString(),
      expected: 'everything on record that a bundle of a production promotion holds',
      observed: gaps.join(', '),
      who: ['operator'],
      fix: `have what is missing recorded, and it closes by itself; what is there: fairlead evidence list -p ${promotion}`,
    },
  ];
}

const words: Readonly<Record<string, string>> = {
  'release-manifest-missing': 'release manifest',
  'sync-missing': 'sync of each target',
  'live-digests-missing': 'live digests',
  'drift-missing': 'drift result of each target',
  'validation-missing': 'result of each required validation phase',
  'readiness-missing': 'verdict',
  'closure-missing': 'closure',
  'exceptions-missing': 'list of the exceptions in force',
};

function wordOf(code: string): string {
  return words[code] ?? code;
}
