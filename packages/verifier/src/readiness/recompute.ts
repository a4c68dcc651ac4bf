import type { ProvenRecord } from '../bundle/opened-bundle.ts';
import { asObject, field, listAt, objectAt, textAt, textsAt, timeAt } from '../json/fields.ts';
import { closureOf, newest, recordsOf, type PromotionCase } from '../promotion/promotion-case.ts';
import { demand } from '../refusal.ts';
import type { Findings } from '../report/findings.ts';
import type { ReportSubject } from '../report/report.ts';
import { assessReadiness, type Verdict } from './assess-readiness.ts';
import { parseExpected } from './shapes.ts';

/** Folds anew what each verdict of the promotion was folded from, by this program's own rules: all of it must come out as it was signed. */
export function recomputeReadiness(promotion: PromotionCase, findings: Findings): string {
  const verdicts = recordsOf(promotion, 'readiness');
  let recomputed = 0;
  for (const record of verdicts) {
    if (field(record.body, 'expected') === undefined) {
      findings.miss('readiness-without-expectation', `verdict ${record.digest} does not say what was expected: an older version made it`);
      continue;
    }
    requireSame(record, foldedBefore(promotion, record));
    recomputed += 1;
  }
  requireEnding(promotion, newest(verdicts));
  return `${String(recomputed)} of ${String(verdicts.length)} verdicts recomputed`;
}

/** From what was in the log before the verdict: that it knew, or should have known. */
function foldedBefore({ records, manifest }: PromotionCase, { body, index, release }: ProvenRecord): Verdict {
  const expected = parseExpected(objectAt(body, 'expected'));
  demand(expected.release === release && release === manifest.release, 'expectation-differs', 'a verdict expects another release');
  const earlier = records.filter((record) => record.index < index);
  return assessReadiness(textAt(body, 'spec'), { expected, records: earlier, asOf: timeAt(body, 'asOf') });
}

function requireSame({ body, digest, at, revision }: ProvenRecord, folded: Verdict): void {
  const signed = textAt(body, 'verdict');
  const what = `verdict ${digest}`;
  demand(textAt(body, 'asOf') === at, 'readiness-differs', `${what} is as of another time than its record`);
  demand(signed === folded.verdict, 'readiness-differs', `${what} says ${signed}, its records say ${said(folded)}`);
  demand(same(textsAt(body, 'checks'), folded.checks), 'readiness-differs', `${what} was not made by the checks of its version`);
  demand(same(sorted(textsAt(body, 'inputs')), sorted(folded.inputs)), 'readiness-differs', `${what} rests on other records than it cites`);
  const codes = listAt(body, 'blockers').map((blocker) => textAt(asObject(blocker, 'blockers'), 'code'));
  const expected = [...new Set([...folded.failed, ...folded.missing])];
  demand(same(sorted(new Set(codes)), sorted(expected)), 'readiness-differs', `${what} names other blockers than ${said(folded)}`);
  const meant = textAt(objectAt(body, 'expected'), 'revision');
  demand(revision === undefined || revision === meant, 'expectation-differs', `${what} expects another revision than it is bound to`);
}

/** A promotion that ended as ready had a last word that said so. */
function requireEnding(promotion: PromotionCase, last: ProvenRecord | undefined): void {
  const closure = closureOf(promotion);
  if (closure === undefined || textAt(closure.body, 'status') !== 'ready') return;
  demand(last !== undefined, 'readiness-missing', 'the promotion ended as ready, and no verdict says so');
  const verdict = textAt(last.body, 'verdict');
  demand(verdict === 'ready', 'readiness-differs', `the promotion ended as ready, its last verdict is ${verdict}`);
}

/** The promotion's last verdict, for the report. */
export function lastVerdict(promotion: PromotionCase, recomputed: boolean): ReportSubject['readiness'] {
  const body = newest(recordsOf(promotion, 'readiness'))?.body;
  if (body === undefined) return undefined;
  return { spec: textAt(body, 'spec'), verdict: textAt(body, 'verdict'), asOf: textAt(body, 'asOf'), recomputed };
}

function said({ verdict, failed, missing }: Verdict): string {
  return [verdict, ...failed, ...missing].join(' ');
}

function sorted(items: Iterable<string>): readonly string[] {
  return [...items].sort();
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, at) => item === right[at]);
}
