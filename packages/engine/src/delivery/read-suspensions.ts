import { recordedEvidence, suspensionsAfter, type EnvironmentId, type Suspension } from '@fairlead/domain';
import { allRecords } from '../evidence/all-records.ts';
import type { Reader } from '../ports/store.ts';

/** What is suspended by acts on record, of one environment or of all. What somebody suspends past Fairlead is not among them. */
export async function readSuspensions(reader: Pick<Reader, 'evidence'>, environment?: EnvironmentId): Promise<readonly Suspension[]> {
  const filter = { type: 'suspension', ...(environment === undefined ? {} : { environment }) } as const;
  return suspensionsAfter((await allRecords(reader, filter)).map(({ bundle }) => recordedEvidence(bundle).body));
}
