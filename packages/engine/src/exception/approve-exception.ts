import { ConflictError, ForbiddenError, NotFoundError, type Actor, type ExceptionId, type PolicyException } from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import { requireReason } from '../drift/require-reason.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { wakeEnvironment } from '../environment/wake-environment.ts';
import { exceptionBody, isOver } from './request-exception.ts';

/** A second person agrees: from then on it excuses what it names. Throws `ForbiddenError` for who asked for it. */
export async function approveException(ports: EnginePorts, id: ExceptionId, actor: Actor): Promise<PolicyException> {
  const now = ports.clock.now();
  const known = await exceptionById(ports, id);
  if (isOver(known, now)) throw new ConflictError('exception-over', `exception ${id} is over`, { hint: 'ask for another one' });
  if (known.requestedBy === actor.id) {
    throw new ForbiddenError('own-exception', `${actor.id} asked for exception ${id}`, { hint: 'another person has to approve it' });
  }
  if (known.approvals.some(({ by }) => by === actor.id)) return known;
  const approvals = [...known.approvals, { by: actor.id, at: now.toISOString() }];
  const body = exceptionBody({ ...known, approvals });
  const record = await ports.signer.sign(environmentEvidence(known.environment, 'exception', { at: now.toISOString(), actor, body }));
  return ports.store.transact(async (tx) => {
    const changed = await tx.write.exceptions.change(id, (stored) => {
      if (stored.revoked !== undefined || stored.approvals.length !== known.approvals.length) throw raced(id);
      return { ...stored, approvals, records: [...stored.records, record.digest] };
    });
    if (changed === 'absent') throw unknown(id);
    await tx.write.evidence.append(record);
    await wakeEnvironment(tx, changed.environment);
    return changed;
  });
}

/** Ends it before its time; whoever may ask for one may do that. */
export async function revokeException(
  ports: EnginePorts,
  { id, reason }: { readonly id: ExceptionId; readonly reason: string },
  actor: Actor,
): Promise<PolicyException> {
  requireReason(reason);
  const at = ports.clock.now().toISOString();
  const known = await exceptionById(ports, id);
  if (known.revoked !== undefined) return known;
  const record = await ports.signer.sign(
    environmentEvidence(known.environment, 'revocation', { at, actor, body: { exception: id, reason } }),
  );
  return ports.store.transact(async (tx) => {
    const changed = await tx.write.exceptions.change(id, (stored) =>
      stored.revoked === undefined
        ? { ...stored, revoked: { by: actor.id, at, reason }, records: [...stored.records, record.digest] }
        : stored,
    );
    if (changed === 'absent') throw unknown(id);
    if (changed.records.includes(record.digest)) await tx.write.evidence.append(record);
    await wakeEnvironment(tx, changed.environment);
    return changed;
  });
}

export async function exceptionById({ store }: Pick<EnginePorts, 'store'>, id: ExceptionId): Promise<PolicyException> {
  const found = await store.read((reader) => reader.exceptions.get(id));
  if (found === 'absent') throw unknown(id);
  return found;
}

function unknown(id: ExceptionId): NotFoundError {
  return new NotFoundError('exception-unknown', `no exception ${id}`, { hint: 'fairlead exception list' });
}

function raced(id: ExceptionId): ConflictError {
  return new ConflictError('exception-changed', `exception ${id} was changed by somebody else meanwhile`, {
    hint: 'look at it again, then approve it',
  });
}
