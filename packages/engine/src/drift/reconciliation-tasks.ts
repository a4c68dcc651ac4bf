import { objectKey, type DriftItem, type EnvironmentId, type ReconciliationTask, type ResolvedPolicy } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentEvidence } from './environment-evidence.ts';

/** Who answers for a manual change where nothing says otherwise. */
const owner = 'operators';

interface Opened {
  readonly environment: EnvironmentId;
  readonly target: string;
  readonly items: readonly DriftItem[];
  /** Managers whose changes need no answer. */
  readonly trusted: ReadonlySet<string>;
  readonly policy: Pick<ResolvedPolicy, 'breakGlass'>;
  /** Already open for the environment. */
  readonly known: readonly ReconciliationTask[];
  readonly at: string;
}

export interface TaskChange {
  readonly task: ReconciliationTask;
  /** Signed already. */
  readonly record: Awaited<ReturnType<EnginePorts['signer']['sign']>>;
}

/** The follow-ups that new differences leave behind: one for each object that somebody else than the controllers changed. A known one takes in what is new. */
export async function tasksFor({ signer, ids }: Pick<EnginePorts, 'signer' | 'ids'>, opened: Opened): Promise<readonly TaskChange[]> {
  const { environment, target, known, at, policy } = opened;
  const manual = opened.items.filter(needsAnswer(opened.trusted));
  const objects = new Map(manual.map(({ object }) => [objectKey(object), object]));
  return Promise.all(
    [...objects].map(async ([key, { uid: _uid, ...object }]) => {
      const items = manual.filter((item) => objectKey(item.object) === key);
      const before = known.find((task) => task.target === target && objectKey(task.object) === key);
      const dueAt = new Date(Date.parse(at) + policy.breakGlass.reviewWithinMs).toISOString();
      const begun = before ?? { id: ids.task(), environment, target, object, drift: [], managers: [], owner, openedAt: at, dueAt };
      const task = {
        ...begun,
        drift: [...new Set([...begun.drift, ...items.map(({ id }) => id)])],
        managers: [...new Set([...begun.managers, ...items.flatMap(({ by }) => by.manager ?? [])])],
      };
      const stage = before === undefined ? 'opened' : 'extended';
      const record = await signer.sign(
        environmentEvidence(environment, 'reconciliation-task', { at, body: { stage, ...task, task: task.id } }),
      );
      return { task: { ...task, record: record.digest }, record };
    }),
  );
}

function needsAnswer(trusted: ReadonlySet<string>): (item: DriftItem) => boolean {
  return ({ ignoredBy, by }) => ignoredBy === undefined && (by.manager === undefined || !trusted.has(by.manager));
}
