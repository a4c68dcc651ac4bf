import { field, isObject, textAt, textsAt } from '../json/fields.ts';
import type { Findings } from '../report/findings.ts';
import { newest, recordsOf, type PromotionCase } from './promotion-case.ts';

/** What a promotion's proof needs besides its closure and its exceptions: a bundle without it may be true, and proves too little. */
export function checkCompleteness(promotion: PromotionCase, findings: Findings): string {
  for (const code of promotion.manifest.missing) findings.miss(code, `the maker of the bundle says that ${code} is missing`);
  const told = new Set(promotion.manifest.missing);
  const gaps = gapsOf(promotion).filter(([code]) => !told.has(code));
  for (const [code, reason] of gaps) findings.miss(code, reason);
  return 'release manifest, sync revision, live digests, drift, validation, verdict, exceptions';
}

const verdictType = 'https://slsa.dev/verification_summary/v1';

type Gap = readonly [code: string, reason: string];

function gapsOf(promotion: PromotionCase): readonly Gap[] {
  const verdict = newest(recordsOf(promotion, 'readiness'));
  if (promotion.manifest.audience === 'tenant') return tenantGaps(promotion);
  const { targets, phases } = expectedBy(verdict?.body);
  const registered = promotion.records.some(({ type }) => type === 'release-manifest');
  return [
    ...(registered ? [] : [['release-manifest-missing', 'the release manifest is not on record'] as const]),
    ...unseen(promotion, 'sync-observation', targets).map((target): Gap => ['sync-missing', `no sync of ${target} is on record`]),
    ...(recordsOf(promotion, 'live-digests').length > 0 ? [] : [['live-digests-missing', 'no live digests are on record'] as const]),
    ...unseen(promotion, 'live-observation', targets).map((target): Gap => ['drift-missing', `no drift result of ${target} is on record`]),
    ...notRun(promotion, phases).map((phase): Gap => ['validation-missing', `no result of phase ${phase} is on record`]),
    ...(verdict === undefined ? [['readiness-missing', 'no verdict is on record'] as const] : []),
  ];
}

/** A tenant has the verdict as the closure states it; that there was one shows in the log. */
function tenantGaps({ withheld }: PromotionCase): readonly Gap[] {
  const judged = withheld.some(({ predicateType }) => predicateType === verdictType);
  return judged ? [] : [['readiness-missing', 'no verdict is on record']];
}

function expectedBy(verdict: PromotionCase['records'][number]['body'] | undefined): {
  readonly targets: readonly string[];
  readonly phases: readonly string[];
} {
  const expected = verdict === undefined ? undefined : field(verdict, 'expected');
  if (!isObject(expected)) return { targets: [], phases: [] };
  return { targets: textsAt(expected, 'targets'), phases: textsAt(expected, 'requiredPhases') };
}

/** Targets that no record of the type is of; where no target is known, one record has to be there. */
function unseen(promotion: PromotionCase, type: string, targets: readonly string[]): readonly string[] {
  const seen = new Set(recordsOf(promotion, type).map(({ body }) => textAt(body, 'target')));
  if (targets.length === 0) return seen.size > 0 ? [] : ['any target'];
  return targets.filter((target) => !seen.has(target));
}

function notRun(promotion: PromotionCase, phases: readonly string[]): readonly string[] {
  const run = new Set(recordsOf(promotion, 'validation').map(({ body }) => textAt(body, 'phase')));
  return phases.filter((phase) => !run.has(phase));
}
