import { recordedEvidence, type BundledRecord, type Digest, type Promotion } from '@fairlead/domain';
import type { ProvenRecords } from '../ports/evidence-log.ts';
import type { Reader, StoredRecord } from '../ports/store.ts';
import { allRecords } from './all-records.ts';

/** Everything that a promotion's proof is made of: its records up to its closure, the record of its release, and the exceptions of its environment that held at
 *  some time of it, with their revocations. What came after the closure is the environment's, not the promotion's. */
export async function promotionRecords(reader: Reader, promotion: Promotion): Promise<readonly StoredRecord[]> {
  const own = await allRecords(reader, { promotion: promotion.id });
  const closed = own.findIndex(({ type }) => type === 'promotion-closure');
  const kept = closed < 0 ? own : own.slice(0, closed + 1);
  const release = await reader.releases.get(promotion.release.digest);
  const others = [...(release === 'absent' ? [] : [release.record]), ...(await exceptionRecords(reader, promotion))];
  const found: StoredRecord[] = [];
  for (const digest of others) {
    const record = await reader.evidence.get(digest);
    if (record !== 'absent' && otherTypes.includes(record.type)) found.push(record);
  }
  return [...found, ...kept];
}

const otherTypes: readonly StoredRecord['type'][] = ['release-manifest', 'exception', 'revocation'];

async function exceptionRecords(reader: Reader, { environment, requestedAt, ended }: Promotion): Promise<readonly Digest[]> {
  const exceptions = await reader.exceptions.unexpired(environment, new Date(requestedAt));
  const until = ended?.at;
  return exceptions.filter(({ notBefore }) => until === undefined || notBefore <= until).flatMap(({ records }) => records);
}

/** With each record's place in the log, by place. */
export function bundledRecords(records: readonly StoredRecord[], { places }: ProvenRecords): readonly BundledRecord[] {
  return records
    .flatMap((record) => {
      const place = places.get(record.digest);
      return place === undefined ? [] : [{ ...read(record), ...place }];
    })
    .sort((left, right) => left.index - right.index);
}

function read({ digest, type, at, bundle }: StoredRecord): Omit<BundledRecord, 'index' | 'leaf' | 'proof'> {
  const { actor, revision, body } = recordedEvidence(bundle);
  return { digest, type, at, bundle, body, ...(actor === undefined ? {} : { actor }), ...(revision === undefined ? {} : { revision }) };
}
