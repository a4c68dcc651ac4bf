import { recordedEvidence, textAt, type EnvironmentId, type EvidenceType, type JsonObject } from '@fairlead/domain';
import type { Reader, StoredRecord } from '../ports/store.ts';

interface OfTarget {
  readonly environment: EnvironmentId;
  readonly type: EvidenceType;
  readonly target: string;
}

export interface NewestRecord {
  readonly digest: StoredRecord['digest'];
  readonly body: JsonObject;
}

/** How far back is looked for a target that the environment's others have outrun. */
const lookBack = 50;

/** The newest record of its type that is of one target; none where it is too far back. */
export async function newestOfTarget(
  { evidence }: Pick<Reader, 'evidence'>,
  { environment, type, target }: OfTarget,
): Promise<NewestRecord | undefined> {
  const { items } = await evidence.list({ environment, type }, { limit: lookBack });
  const read = items.map(({ digest, bundle }) => ({ digest, body: recordedEvidence(bundle).body }));
  return read.find(({ body }) => textAt(body, 'target') === target);
}
