import type { ProvenRecord } from '../bundle/opened-bundle.ts';
import { countAt, countsAt, field, isDigest, textAt, textsAt } from '../json/fields.ts';
import { demand, Refusal } from '../refusal.ts';
import type { Findings } from '../report/findings.ts';
import { closureOf, type PromotionCase } from './promotion-case.ts';

/** Everything that the closure lists is here, before it; and nothing else is, but what the verdict may rest on besides. */
export function checkClosure(promotion: PromotionCase, findings: Findings): string {
  const closure = closureOf(promotion);
  for (const record of promotion.records) requireOwn(promotion, record);
  if (closure === undefined) {
    findings.miss('closure-missing', 'no closure record: the promotion has not ended, and what belongs to it is not known');
    return 'no closure record';
  }
  if (field(closure.body, 'records') === undefined) {
    findings.miss('closure-without-records', 'the closure record lists no records: it was made by an older version');
    return 'a closure record without a list';
  }
  const listed = textsAt(closure.body, 'records');
  requireCounted(closure, listed);
  const places = new Map([...promotion.records, ...promotion.withheld].map(({ digest, index }) => [digest, index]));
  for (const digest of listed) requireThere(digest, { at: places.get(digest), closedAt: closure.index });
  requirePlaces(closure, listed, places);
  requireNoOther(promotion, { closure, listed: new Set(listed) });
  return `${String(listed.length)} records, as the closure counts them; the promotion ended as ${textAt(closure.body, 'status')}`;
}

function requireCounted({ body }: ProvenRecord, listed: readonly string[]): void {
  demand(listed.every(isDigest) && new Set(listed).size === listed.length, 'closure-invalid', 'the closure lists a record twice');
  demand(countAt(body, 'count') === listed.length, 'closure-invalid', 'the closure counts other than it lists');
}

function requireThere(digest: string, { at, closedAt }: { readonly at: number | undefined; readonly closedAt: number }): void {
  if (at === undefined) throw new Refusal('record-missing', `the closure lists record ${digest}, which is not in the bundle`);
  demand(at < closedAt, 'closure-invalid', `record ${digest} is in the log after the closure that lists it`);
}

/** The closure's own word for where they are, but for the last ones, which came into the log together with it. */
function requirePlaces({ body }: ProvenRecord, listed: readonly string[], places: ReadonlyMap<string, number>): void {
  if (field(body, 'indices') === undefined) return; // made by an older version
  const indices = countsAt(body, 'indices');
  demand(indices.length <= listed.length, 'closure-invalid', 'the closure gives more indices than it lists records');
  for (const [n, index] of indices.entries()) {
    const digest = listed[n] ?? '';
    demand(
      places.get(digest) === index,
      'closure-invalid',
      `record ${digest} is not at index ${String(index)} of the log, as the closure has it`,
    );
  }
}

/** Types that a promotion's verdict may rest on though they aren't the promotion's own. */
const alsoThere: ReadonlySet<string> = new Set(['release-manifest', 'exception', 'revocation']);

function requireOwn({ manifest }: PromotionCase, record: ProvenRecord): void {
  const where = `record ${record.digest} (${record.type})`;
  demand(record.service === manifest.service, 'record-of-other', `${where} is of service ${record.service}`);
  if (alsoThere.has(record.type)) {
    const same = record.type === 'release-manifest' ? record.release === manifest.release : record.environment === manifest.environment;
    demand(same, 'record-of-other', `${where} is of another release or environment`);
    return;
  }
  const { promotion, environment, release } = record;
  const own = promotion === manifest.promotion && environment === manifest.environment && release === manifest.release;
  demand(own, 'record-of-other', `${where} is of another promotion`);
}

interface Listed {
  readonly closure: ProvenRecord;
  readonly listed: ReadonlySet<string>;
}

function requireNoOther({ records, withheld }: PromotionCase, { closure, listed }: Listed): void {
  for (const { digest, type } of records) {
    demand(
      listed.has(digest) || digest === closure.digest || alsoThere.has(type),
      'record-added',
      `the closure does not list record ${digest}`,
    );
  }
  for (const { digest, predicateType } of withheld) {
    const type = /\/([a-z-]+)\/v1$/.exec(predicateType)?.[1] ?? '';
    demand(listed.has(digest) || alsoThere.has(type), 'record-added', `the closure does not list record ${digest}, which is withheld`);
  }
}
