import {
  ConflictError,
  exceptionStatus,
  InvariantError,
  type Digest,
  type JsonObject,
  type PolicyException,
  type Promotion,
  type SignedRecord,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { StoredRecord, Transactor } from '../ports/store.ts';
import { promotionEvidence } from '../promotion/promotion-evidence.ts';
import { allRecords } from './all-records.ts';

export interface Closing {
  readonly at: Date;
  /** How it ended. */
  readonly body: JsonObject;
  /** Records that are appended together with the closure, before it. */
  readonly also?: readonly SignedRecord[];
}

/** The end of a promotion, signed: every record of it by digest and by its index in the log, counted, and the exceptions that were in force, an empty list where none
 *  was. `also` are the last of them and have no index yet: they come into the log with the closure. `after` is the newest record that it knows of: see `requireWhole`. */
export interface ClosureRecord {
  readonly record: SignedRecord;
  readonly after: Digest | undefined;
}

export async function closureRecord(
  { store, signer, evidenceLog }: EnginePorts,
  promotion: Promotion,
  { at, body, also = [] }: Closing,
): Promise<ClosureRecord> {
  const { earlier, exceptions } = await store.read(async (reader) => {
    const unexpired = await reader.exceptions.unexpired(promotion.environment, at);
    const inForce = unexpired.filter((exception) => exceptionStatus(asOf(exception, at), at) === 'in-force');
    return { earlier: await allRecords(reader, { promotion: promotion.id }), exceptions: inForce.map(({ id }) => id) };
  });
  const records = [...earlier, ...also].map(({ digest }) => digest);
  const indices = await indicesOf({ store, evidenceLog }, earlier);
  const closing = { ...body, records, indices, count: records.length, exceptions };
  return {
    record: await signer.sign(promotionEvidence(promotion, 'promotion-closure', { at, body: closing })),
    after: earlier.at(-1)?.digest,
  };
}

/** Waits for the log where it has not taken them all up yet. */
async function indicesOf(
  { store, evidenceLog }: Pick<EnginePorts, 'store' | 'evidenceLog'>,
  records: readonly StoredRecord[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { digest, index } of records) found.push(index ?? (await placeOf({ store, evidenceLog }, digest)));
  return found;
}

async function placeOf({ store, evidenceLog }: Pick<EnginePorts, 'store' | 'evidenceLog'>, digest: Digest): Promise<number> {
  await evidenceLog.covered(digest);
  const stored = await store.read(({ evidence }) => evidence.get(digest));
  if (stored === 'absent' || stored.index === undefined)
    throw new InvariantError('record-unplaced', `record ${digest} has no place in the log`);
  return stored.index;
}

/** A revocation that bears a later time hasn't happened yet: who recomputes the list from the records says the same. */
function asOf({ revoked, ...exception }: PolicyException, at: Date): PolicyException {
  return revoked === undefined || revoked.at > at.toISOString() ? exception : { ...exception, revoked };
}

/** Throws `ConflictError` where the promotion got a record since the closure was signed: it would be left out, and whoever closes it has to do so anew. */
export async function requireWhole(tx: Transactor, promotion: Promotion, { after }: ClosureRecord): Promise<void> {
  const newest = await tx.evidence.list({ promotion: promotion.id }, { limit: 1 });
  if (newest.items[0]?.digest === after) return;
  throw new ConflictError('records-changed', `promotion ${promotion.id} got a record while it was closed`, {
    hint: 'it is closed again by itself',
  });
}
