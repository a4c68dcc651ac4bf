import { ConflictError, exceptionStatus, NotFoundError, type Actor, type ReconciliationTask, type TaskId } from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import { requireReason } from '../drift/require-reason.ts';
import type { EnginePorts } from '../engine-ports.ts';

/** Says what a manual change was, and that it is dealt with. Throws `ConflictError` (`task-has-drift`) while it is still there and nobody excused it. */
export async function closeTask(
  ports: EnginePorts,
  { id, reason }: { readonly id: TaskId; readonly reason: string },
  actor: Actor,
): Promise<ReconciliationTask> {
  requireReason(reason);
  const now = ports.clock.now();
  const at = now.toISOString();
  const { task, left } = await openTask(ports, id, now);
  if (left.length > 0) {
    throw new ConflictError('task-has-drift', `${String(left.length)} differences of it are still there: ${left.slice(0, 5).join(', ')}`, {
      hint: 'reconcile them, adopt them, or have them excused first: fairlead drift list',
    });
  }
  const body = { stage: 'closed', task: id, drift: [...task.drift], reason };
  const record = await ports.signer.sign(environmentEvidence(task.environment, 'reconciliation-task', { at, actor, body }));
  return ports.store.transact(async (tx) => {
    const closed = await tx.write.tasks.change(id, (stored) =>
      stored.closed === undefined ? { ...stored, closed: { by: actor.id, at, reason }, record: record.digest } : stored,
    );
    if (closed === 'absent') throw unknown(id);
    if (closed.record === record.digest) await tx.write.evidence.append(record);
    return closed;
  });
}

async function openTask(
  { store }: EnginePorts,
  id: TaskId,
  now: Date,
): Promise<{ readonly task: ReconciliationTask; readonly left: readonly string[] }> {
  return store.read(async (reader) => {
    const task = await reader.tasks.get(id);
    if (task === 'absent') throw unknown(id);
    const open = await reader.drift.open(task.environment, task.target);
    const excused = (await reader.exceptions.unexpired(task.environment, now)).filter((one) => exceptionStatus(one, now) === 'in-force');
    const left = open.filter((item) => task.drift.includes(item.id) && item.ignoredBy === undefined);
    return { task, left: left.filter(({ id: drift }) => !excused.some((one) => one.drift.includes(drift))).map((item) => item.id) };
  });
}

function unknown(id: TaskId): NotFoundError {
  return new NotFoundError('task-unknown', `no task ${id}`, { hint: 'fairlead task list' });
}
