import type { Manifest } from '../bundle/manifest.ts';
import { field } from '../json/fields.ts';
import { lastVerdict, recomputeReadiness } from '../readiness/recompute.ts';
import type { Findings } from '../report/findings.ts';
import type { ReportSubject } from '../report/report.ts';
import { checkAsOf } from './as-of.ts';
import { checkClosure } from './closure.ts';
import { checkCompleteness } from './completeness.ts';
import { openPayloads, planIn, type Payloads } from './payloads.ts';
import { closureOf, type PromotionCase } from './promotion-case.ts';
import { checkSeparation, type Separated } from './separation.ts';

interface Judging {
  readonly asked: Manifest['audience'];
  readonly findings: Findings;
}

type Judged = Pick<ReportSubject, 'status' | 'readiness' | 'requestedBy' | 'approvedBy'>;

/** What proven records say of the promotion, step by step. */
export async function judgePromotion(promotion: PromotionCase, { asked, findings }: Judging): Promise<Judged> {
  let payloads: Payloads = new Map();
  let separated: Separated = { requestedBy: undefined, approvedBy: [], checked: '' };
  const whole = promotion.withheld.length === 0;
  await findings.run('payloads', async () => {
    payloads = await openPayloads(promotion);
    return `${String(payloads.size)} documents that records cite`;
  });
  await findings.run('closure', () => checkClosure(promotion, findings));
  if (whole) {
    await findings.run('as-of', () => checkAsOf(promotion, { plan: planIn(promotion, payloads), findings }));
    await findings.run('readiness', () => recomputeReadiness(promotion, findings));
    await findings.run('separation-of-duties', () => {
      separated = checkSeparation(promotion);
      return separated.checked;
    });
  } else
    for (const step of ['as-of', 'readiness', 'separation-of-duties'] as const) findings.skip(step, 'the bundle withholds what this needs');
  await findings.run('completeness', () => {
    requireAudience(promotion, { asked, findings });
    return checkCompleteness(promotion, findings);
  });
  return judgedOf(promotion, { separated, recomputed: whole });
}

/** Whoever wants all of it must not be content with less: a withheld record may be the one that says no. */
function requireAudience({ manifest, withheld }: PromotionCase, { asked, findings }: Judging): void {
  if (asked === 'tenant' && manifest.audience === 'tenant') return;
  if (manifest.audience === 'full' && withheld.length === 0) return;
  findings.miss(
    'records-withheld',
    `${String(withheld.length)} records are withheld: verdict and approvals can't be recomputed (accept that with --audience tenant)`,
  );
}

function judgedOf(
  promotion: PromotionCase,
  { separated, recomputed }: { readonly separated: Separated; readonly recomputed: boolean },
): Judged {
  const closure = closureOf(promotion);
  const status = closure === undefined ? undefined : field(closure.body, 'status');
  const readiness = lastVerdict(promotion, recomputed);
  return {
    ...(typeof status === 'string' ? { status } : {}),
    ...(readiness === undefined ? {} : { readiness }),
    ...(separated.requestedBy === undefined ? {} : { requestedBy: separated.requestedBy }),
    ...(separated.approvedBy.length === 0 ? {} : { approvedBy: separated.approvedBy }),
  };
}
