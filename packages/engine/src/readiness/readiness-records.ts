import { recordedEvidence, type Promotion, type ReadinessRecord, type SignedRecord } from '@fairlead/domain';
import { allRecords } from '../evidence/all-records.ts';
import type { Store, StoredRecord } from '../ports/store.ts';

const readTypes = ['desired-state', 'validation', 'gate'] as const;

/** What is on record that this promotion's readiness rests on, oldest first. What is observed live isn't among it: that is observed anew. */
export async function loadReadinessRecords(store: Store, promotion: Promotion, at: Date): Promise<readonly ReadinessRecord[]> {
  return store.read(async (reader) => {
    const release = await reader.releases.get(promotion.release.digest);
    const registered = release === 'absent' ? 'absent' : await reader.evidence.get(release.record);
    const found = registered === 'absent' ? [] : [registered];
    for (const type of readTypes) {
      found.push(...(await allRecords(reader, { environment: promotion.environment, promotion: promotion.id, type })));
    }
    const exceptions = await reader.exceptions.unexpired(promotion.environment, at);
    for (const digest of exceptions.flatMap(({ records }) => records)) {
      const record = await reader.evidence.get(digest);
      if (record !== 'absent') found.push(record);
    }
    return inLogOrder(found).map(ofStored);
  });
}

/** Who recomputes the verdict from a bundle has this order and no other. What the log has not taken up yet is the newest. */
function inLogOrder(records: readonly StoredRecord[]): readonly StoredRecord[] {
  const place = ({ index }: StoredRecord): number => index ?? Number.MAX_SAFE_INTEGER;
  return records.toSorted((left, right) => place(left) - place(right));
}

function ofStored(record: StoredRecord): ReadinessRecord {
  const { release, revision, body } = recordedEvidence(record.bundle);
  return {
    digest: record.digest,
    type: record.type,
    at: record.at,
    ...(release === undefined ? {} : { release }),
    ...(revision === undefined ? {} : { revision }),
    body,
  };
}

export function readinessRecordOf({ digest, evidence }: SignedRecord): ReadinessRecord {
  const { type, at, release, revision, body } = evidence;
  return { digest, type, at, ...(release === undefined ? {} : { release }), ...(revision === undefined ? {} : { revision }), body };
}
