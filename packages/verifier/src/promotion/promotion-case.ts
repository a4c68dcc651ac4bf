import type { Files } from '../bundle/file-set.ts';
import type { Manifest } from '../bundle/manifest.ts';
import type { OpenedBundle, ProvenRecord } from '../bundle/opened-bundle.ts';
import { demand } from '../refusal.ts';

/** A bundle whose records are proven, to be judged as one promotion. */
export interface PromotionCase extends OpenedBundle {
  readonly manifest: Manifest;
  readonly files: Files;
}

/** The records of one type that belong to the promotion, oldest first. */
export function recordsOf({ records, manifest }: PromotionCase, type: string): readonly ProvenRecord[] {
  return records.filter((record) => record.type === type && record.promotion === manifest.promotion);
}

export function newest(records: readonly ProvenRecord[]): ProvenRecord | undefined {
  return records.at(-1);
}

/** The end of the promotion; absent where it has not ended, or the bundle withholds it. */
export function closureOf(promotion: PromotionCase): ProvenRecord | undefined {
  const closures = recordsOf(promotion, 'promotion-closure');
  demand(closures.length <= 1, 'closure-twice', 'the promotion ends twice');
  return closures[0];
}
