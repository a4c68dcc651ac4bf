import { ConflictError, recordedEvidence, type Digest, type Promotion, type ReadinessRecord, type SignedRecord } from '@fairlead/domain';
import { allRecords } from '../evidence/all-records.ts';
import type { Reader, Store, StoredRecord } from '../ports/store.ts';

const readTypes = ['desired-state', 'validation', 'gate'] as const;

/** What is on record that this promotion's readiness rests on, oldest first. What is observed live isn't among it: that is observed anew. */
export interface LoadedRecords {
  readonly records: readonly ReadinessRecord[];
  /** Those that other people may add to at any moment. */
  readonly exceptions: readonly Digest[];
}

export async function loadReadinessRecords(store: Store, promotion: Promotion, at: Date): Promise<LoadedRecords> {
  return store.read(async (reader) => {
    const release = await reader.releases.get(promotion.release.digest);
    const registered = release === 'absent' ? 'absent' : await reader.evidence.get(release.record);
    const found = registered === 'absent' ? [] : [registered];
    for (const type of readTypes) {
      found.push(...(await allRecords(reader, { environment: promotion.environment, promotion: promotion.id, type })));
    }
    const exceptions = await exceptionRecords(reader, promotion, at);
    for (const digest of exceptions) {
      const record = await reader.evidence.get(digest);
      if (record !== 'absent') found.push(record);
    }
    return { records: inLogOrder(found).map(ofStored), exceptions };
  });
}

/** Throws `ConflictError` where an exception was asked for, approved or revoked since they were loaded: who folds the log again would find a record before the
 *  verdict that it doesn't rest on. */
export async function requireSameExceptions(tx: Reader, promotion: Pick<Promotion, 'environment'>, judged: Judged): Promise<void> {
  const now = await exceptionRecords(tx, promotion, judged.at);
  if (now.length === judged.exceptions.length && now.every((digest, place) => digest === judged.exceptions[place])) return;
  throw new ConflictError('records-changed', `an exception of ${promotion.environment} changed while it was judged`, {
    hint: 'it is judged again by itself',
  });
}

export interface Judged {
  readonly at: Date;
  readonly exceptions: readonly Digest[];
}

async function exceptionRecords(reader: Reader, { environment }: Pick<Promotion, 'environment'>, at: Date): Promise<readonly Digest[]> {
  const exceptions = await reader.exceptions.unexpired(environment, at);
  return exceptions.flatMap(({ records }) => records);
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
