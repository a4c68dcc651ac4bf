import { bundleGaps, recordedEvidence, type EvidenceType, type JsonObject, type Promotion, type SignedRecord } from '@fairlead/domain';
import type { Store } from '../ports/store.ts';
import { promotionRecords } from './promotion-records.ts';

/** What the promotion's bundle would lack if it were closed with these records, by code. */
export async function closureGaps(store: Store, promotion: Promotion, closing: readonly SignedRecord[]): Promise<readonly string[]> {
  const stored = await store.read((reader) => promotionRecords(reader, promotion));
  return bundleGaps([
    ...stored.map(({ type, bundle }): Said => ({ type, body: recordedEvidence(bundle).body })),
    ...closing.map(({ evidence: { type, body } }): Said => ({ type, body })),
  ]);
}

interface Said {
  readonly type: EvidenceType;
  readonly body: JsonObject;
}
