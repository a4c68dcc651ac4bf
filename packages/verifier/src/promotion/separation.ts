import type { ProvenRecord } from '../bundle/opened-bundle.ts';
import { countAt, digestAt, field, isObject, textsAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';
import { newest, recordsOf, type PromotionCase } from './promotion-case.ts';

export interface Separated {
  readonly requestedBy: string | undefined;
  readonly approvedBy: readonly string[];
  readonly checked: string;
}

/** That enough different people approved exactly this content, in a role that may, none of whom asked for it or wrote it: counted anew from their decisions. */
export function checkSeparation(promotion: PromotionCase): Separated {
  const requestedBy = newest(recordsOf(promotion, 'promotion-plan'))?.actor?.id;
  const gate = newest(recordsOf(promotion, 'gate').filter(({ body }) => field(body, 'gate') === 'approval'));
  if (gate === undefined || field(gate.body, 'verdict') !== 'met') return { requestedBy, approvedBy: [], checked: 'nothing was approved' };
  const required = countAt(gate.body, 'required');
  requireAsked(promotion, required);
  if (required === 0) return { requestedBy, approvedBy: [], checked: 'the policy asked for nobody' };
  demand(requestedBy !== undefined, 'requester-unknown', 'no record says who asked for the promotion');
  const judged = {
    content: digestAt(gate.body, 'content'),
    requestedBy,
    authors: authorsOf(promotion),
    groups: textsAt(gate.body, 'groups'),
  };
  const decisions = lastOfEach(recordsOf(promotion, 'approval').filter(({ index }) => index < gate.index));
  const eligible = decisions.filter((decision) => isEligible(decision, judged));
  const rejection = eligible.find(({ body }) => field(body, 'decision') !== 'approve');
  demand(rejection === undefined, 'rejected', `${rejection?.actor?.id ?? ''} rejected what the gate let pass`);
  const approvedBy = eligible.map(({ actor }) => actor?.id ?? '');
  const claimed = textsAt(gate.body, 'by');
  const unproven = claimed.find((person) => !approvedBy.includes(person));
  demand(unproven === undefined, 'approval-missing', `the gate counts ${unproven ?? ''}, of whom there is no approval that counts`);
  demand(new Set(claimed).size >= required, 'quorum-short', `${String(new Set(claimed).size)} of ${String(required)} approvals`);
  return {
    requestedBy,
    approvedBy: claimed,
    checked: `${String(claimed.length)} of ${String(required)} approvals, none by ${requestedBy}`,
  };
}

interface Judged {
  readonly content: string;
  readonly requestedBy: string;
  readonly authors: readonly string[];
  readonly groups: readonly string[];
}

function isEligible({ actor, body }: ProvenRecord, { content, requestedBy, authors, groups }: Judged): boolean {
  if (actor === undefined || digestAt(body, 'content') !== content) return false;
  if (actor.id === requestedBy || authors.includes(actor.id)) return false;
  return groups.length === 0 || groups.some((group) => actor.groups.includes(group));
}

/** The last word of each person, in the log's order. */
function lastOfEach(approvals: readonly ProvenRecord[]): readonly ProvenRecord[] {
  return [...new Map(approvals.map((approval) => [approval.actor?.id, approval])).values()];
}

/** Whoever a record names as an author of the change. */
function authorsOf({ records }: PromotionCase): readonly string[] {
  return records.flatMap(({ body, type }) => (type !== 'approval' && field(body, 'authors') !== undefined ? textsAt(body, 'authors') : []));
}

/** A gate that asked for nobody can't stand where the verdict expected somebody. */
function requireAsked(promotion: PromotionCase, required: number): void {
  const verdict = newest(recordsOf(promotion, 'readiness'));
  const expected = verdict === undefined ? undefined : field(verdict.body, 'expected');
  const asked = isObject(expected) ? countAt(expected, 'approvals') : 0;
  demand(required > 0 || asked === 0, 'quorum-short', `the gate asked for nobody, the verdict expected ${String(asked)} approvals`);
}
