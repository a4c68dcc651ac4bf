import type { DriftItem, EnvironmentId, JsonObject, ResolvedPolicy, SignedRecord, TargetObservation } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { wakeEnvironment } from '../environment/wake-environment.ts';
import type { Lease } from '../ports/leases.ts';
import { itemsAfter } from './drift-changes.ts';
import { environmentEvidence } from './environment-evidence.ts';
import { tasksFor } from './reconciliation-tasks.ts';
import type { DriftChanges } from './target-comparison.ts';

/** How many differences one record names: a namespace that is deleted must not make a record of megabytes. */
const itemsPerRecord = 100;

export interface DriftToRecord {
  readonly environment: EnvironmentId;
  readonly target: string;
  readonly commit: string | undefined;
  readonly changes: DriftChanges;
  /** Where what was compared, or how much of it could be seen, is other than what was last written. */
  readonly observation?: TargetObservation;
  readonly trusted: ReadonlySet<string>;
  readonly policy: Pick<ResolvedPolicy, 'breakGlass'>;
  readonly lease: Lease;
  readonly at: string;
}

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'ids'>;

/** Differences, their evidence, the follow-ups and the wake-up of who rests on them: one transaction, under the observer's lease. Gives the items as they were written. */
export async function recordDrift(ports: Ports, drift: DriftToRecord): Promise<readonly DriftItem[]> {
  const { environment, changes, lease } = drift;
  const { opened, resolved, changed } = changes;
  const { known, isShadow } = await ports.store.read(async (reader) => ({
    known: opened.length === 0 ? [] : await reader.tasks.open(environment),
    isShadow: opened.length > 0 && (await reader.promotions.intended(environment)) === 'absent',
  }));
  const openedRecords = await sign(ports, drift, { type: 'drift-opened', items: opened });
  const records = [
    ...openedRecords,
    ...(await sign(ports, drift, { type: 'drift-opened', items: changed, again: true })),
    ...(await sign(ports, drift, { type: 'drift-resolved', items: resolved })),
  ];
  // Where nothing was ever promoted it is reported, and nobody is asked for an answer.
  const tasks = isShadow ? [] : await tasksFor(ports, { ...drift, items: opened, known });
  const recorded = opened.map((item, index) => withRecord(item, openedRecords[Math.floor(index / itemsPerRecord)]));
  const items = itemsAfter({ ...changes, opened: recorded });
  await ports.store.transact(async (tx) => {
    await tx.write.drift.save(environment, items, lease);
    if (drift.observation !== undefined) await tx.write.drift.observed(drift.observation, lease);
    for (const { task, record } of tasks) {
      await tx.write.tasks.save(task);
      await tx.write.evidence.append(record);
    }
    for (const record of records) await tx.write.evidence.append(record);
    await wakeEnvironment(tx, environment);
  });
  return items;
}

interface ToSign {
  readonly type: 'drift-opened' | 'drift-resolved';
  readonly items: readonly DriftItem[];
  readonly again?: true;
}

async function sign({ signer }: Ports, drift: DriftToRecord, { type, items, again }: ToSign): Promise<readonly SignedRecord[]> {
  const { environment, target, commit, at } = drift;
  const records: SignedRecord[] = [];
  for (let from = 0; from < items.length; from += itemsPerRecord) {
    const some = items.slice(from, from + itemsPerRecord).map(bodyOf);
    const body = { target, ...(again === undefined ? {} : { again }), drift: some };
    records.push(await signer.sign(environmentEvidence(environment, type, { at, body, ...(commit === undefined ? {} : { commit }) })));
  }
  return records;
}

/** The difference itself; secrets are hashes already. */
function bodyOf({
  id,
  class: how,
  severity,
  object,
  path,
  desired,
  live,
  redacted,
  by,
  ignoredBy,
  firstSeen,
  resolvedAt,
}: DriftItem): JsonObject {
  return {
    id,
    class: how,
    severity,
    object: { ...object },
    path,
    ...(desired === undefined ? {} : { desired }),
    ...(live === undefined ? {} : { live }),
    ...(redacted === undefined ? {} : { redacted }),
    by: { ...by },
    ...(ignoredBy === undefined ? {} : { ignoredBy }),
    firstSeen,
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
  };
}

function withRecord(item: DriftItem, record: SignedRecord | undefined): DriftItem {
  return record === undefined ? item : { ...item, opened: record.digest };
}
