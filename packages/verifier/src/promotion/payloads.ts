import { sha256Hex } from '../bytes/crypto.ts';
import { bytesOf } from '../bytes/bytes.ts';
import { filesIn } from '../bundle/file-set.ts';
import { canonicalText, parseCanonicalJson, type Json, type JsonObject } from '../json/canonical-json.ts';
import { asObject, digestAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';
import { newest, recordsOf, type PromotionCase } from './promotion-case.ts';

export type Payloads = ReadonlyMap<string, Json>;

/** Documents that records cite by digest: the release manifest and the plan, no more and, in a full bundle, no fewer. */
export async function openPayloads(promotion: PromotionCase): Promise<Payloads> {
  const files = filesIn(promotion.files, 'payloads/sha256-', '');
  const payloads = new Map<string, Json>();
  for (const [hex, bytes] of files) {
    demand((await sha256Hex(bytes)) === hex, 'payload-changed', `payload ${hex} has another digest`);
    payloads.set(`sha256:${hex}`, parseCanonicalJson(bytes));
  }
  const cited = citedBy(promotion);
  for (const digest of payloads.keys()) demand(cited.includes(digest), 'payload-added', `no record cites payload ${digest}`);
  const expected = promotion.manifest.audience === 'full' ? cited : [];
  for (const digest of expected) demand(payloads.has(digest), 'payload-missing', `payload ${digest} is not in the bundle`);
  return payloads;
}

/** The plan, absent where the bundle has no record of it. */
export function planIn(promotion: PromotionCase, payloads: Payloads): JsonObject | undefined {
  const record = newest(recordsOf(promotion, 'promotion-plan'));
  const plan = record === undefined ? undefined : payloads.get(digestAt(record.body, 'plan'));
  return plan === undefined ? undefined : asObject(plan, 'the plan');
}

export async function digestOf(value: Json): Promise<string> {
  return `sha256:${await sha256Hex(bytesOf(canonicalText(value)))}`;
}

function citedBy(promotion: PromotionCase): readonly string[] {
  const releases = promotion.records.filter(({ type }) => type === 'release-manifest').map(({ release }) => release);
  const plans = recordsOf(promotion, 'promotion-plan').map(({ body }) => digestAt(body, 'plan'));
  return [...releases, ...plans].filter((digest) => digest !== undefined);
}
