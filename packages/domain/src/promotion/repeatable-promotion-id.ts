import type { Timestamp } from '../document/timestamp.ts';
import type { Plan } from './plan.ts';
import { planDigest } from './plan.ts';
import { PromotionId } from './promotion-id.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeLetters = 10;
const contentLetters = 16;

/** The id of a promotion that nobody stores: the same for the same plan, so that whoever makes it again finds the branch. `at`: when its release was made. */
export function repeatablePromotionId(plan: Plan, at: Timestamp): PromotionId {
  const content = BigInt(`0x${planDigest(plan).slice('sha256:'.length)}`) >> BigInt(256 - contentLetters * 5);
  return PromotionId.parse(`p-${letters(BigInt(new Date(at).getTime()), timeLetters)}${letters(content, contentLetters)}`);
}

function letters(value: bigint, count: number): string {
  const found = Array.from({ length: count }, (_, index) => alphabet[Number((value >> BigInt(5 * index)) & 31n)] ?? '0');
  return found.toReversed().join('');
}
