import type { JsonObject } from '../json/canonical-json.ts';
import { digestAt, field, isObject, objectAt, textAt, textsAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';
import type { Findings } from '../report/findings.ts';
import { exceptionsInForce } from './exceptions.ts';
import { digestOf } from './payloads.ts';
import { closureOf, newest, recordsOf, type PromotionCase } from './promotion-case.ts';

interface AsOf {
  readonly plan: JsonObject | undefined;
  readonly findings: Findings;
}

/** What held when it was decided: one policy, one content from plan to merge, and the exceptions that were in force. Keys were judged with their records. */
export async function checkAsOf(promotion: PromotionCase, { plan, findings }: AsOf): Promise<string> {
  const policies = checkPolicy(promotion, plan);
  const chain = plan === undefined ? 'no plan' : await checkContent(promotion, plan);
  return [policies, chain, checkMerge(promotion), checkExceptions(promotion, findings)].join('; ');
}

/** The verdict is on the commit that was merged. */
function checkMerge(promotion: PromotionCase): string {
  const merge = newest(recordsOf(promotion, 'merge'));
  const verdict = newest(recordsOf(promotion, 'readiness'));
  if (merge === undefined || verdict === undefined) return 'nothing was merged and judged';
  const commit = textAt(merge.body, 'commit');
  demand(
    merge.revision === commit && verdict.revision === commit,
    'revision-differs',
    'the last verdict is on another commit than was merged',
  );
  return `merged as ${commit}`;
}

function checkPolicy({ records, manifest }: PromotionCase, plan: JsonObject | undefined): string {
  const own = records.filter(({ promotion }) => promotion === manifest.promotion);
  const digests = new Set([...own.map(({ policy }) => policy), ...(plan === undefined ? [] : [digestAt(plan, 'policy')])]);
  demand(digests.size <= 1 && !digests.has(undefined), 'policy-differs', 'records of the promotion were made under different policies');
  return `policy ${[...digests].join('')}`;
}

/** Planned = approved = merged, by digest. */
async function checkContent(promotion: PromotionCase, plan: JsonObject): Promise<string> {
  const after = digestAt(objectAt(plan, 'after'), 'digest');
  for (const { body, digest } of recordsOf(promotion, 'desired-state')) {
    demand(digestAt(body, 'approved') === after, 'content-differs', `record ${digest} compares with another content than the plan's`);
  }
  const { manifest } = promotion;
  const same = textAt(plan, 'environment') === manifest.environment && digestAt(objectAt(plan, 'release'), 'digest') === manifest.release;
  demand(same, 'content-differs', 'the plan is for another environment or release');
  const gate = newest(recordsOf(promotion, 'gate').filter(({ body }) => field(body, 'gate') === 'approval'));
  if (gate === undefined || field(gate.body, 'verdict') !== 'met') return 'nothing was approved';
  const approved = digestAt(gate.body, 'content');
  // Judged under another policy than planned: the gate says under which.
  const policy = field(gate.body, 'judgedUnder') === undefined ? digestAt(plan, 'policy') : digestAt(gate.body, 'judgedUnder');
  demand(approved === (await contentOf(plan, policy)), 'content-differs', 'what was approved is not what was planned');
  return `what was approved is what was planned: ${approved}`;
}

/** What an approval binds: release, edits, renders before and after, policy. */
async function contentOf(plan: JsonObject, policy: string): Promise<string> {
  const before = field(plan, 'before');
  return digestOf({
    release: digestAt(objectAt(plan, 'release'), 'digest'),
    edits: await digestOf(field(plan, 'edits') ?? null),
    before: isObject(before) ? digestAt(before, 'digest') : 'absent',
    after: digestAt(objectAt(plan, 'after'), 'digest'),
    policy,
  });
}

/** The closure lists the exceptions that were in force, an empty list where none was. A revocation that somebody left out of the bundle shows here:
 *  the exception would hold again, and the closure, which is in the log, doesn't list it. */
function checkExceptions(promotion: PromotionCase, findings: Findings): string {
  const closure = closureOf(promotion);
  if (closure === undefined) return 'exceptions unknown';
  if (field(closure.body, 'exceptions') === undefined) {
    findings.miss('exceptions-missing', 'the closure record does not list the exceptions in force: an older version made it');
    return 'exceptions unknown';
  }
  const listed = [...textsAt(closure.body, 'exceptions')].sort();
  const before = promotion.records.filter(({ index }) => index < closure.index);
  const inForce = [...new Set(exceptionsInForce(before, closure.at).map(({ id }) => id))].sort();
  const same = listed.length === inForce.length && listed.every((id, at) => id === inForce[at]);
  const found = `the closure lists ${String(listed.length)} exceptions in force, the bundle's records give ${String(inForce.length)}`;
  demand(same, 'exceptions-differ', found);
  return `${String(listed.length)} exceptions in force`;
}
