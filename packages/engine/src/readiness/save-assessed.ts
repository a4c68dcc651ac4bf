import type { EnvironmentId, EnvironmentStatus } from '@fairlead/domain';
import type { Transactor } from '../ports/store.ts';
import type { AssessedEnvironment } from './assess-environment.ts';
import { requireSameExceptions } from './readiness-records.ts';

/** Keeps what was judged. Its records are appended where the verdict changed; else the record that proves it is still the one that was written. */
export async function saveAssessed(tx: Transactor, environment: EnvironmentId, assessed: AssessedEnvironment): Promise<void> {
  const { status, records, judged } = assessed;
  const before = await tx.environments.status(environment);
  if (before !== 'absent' && verdictOf(before) === verdictOf(status)) {
    const { evidence } = before.readiness;
    const readiness = evidence === undefined ? status.readiness : { ...status.readiness, evidence };
    await tx.write.environments.save({ ...status, readiness });
    return;
  }
  await requireSameExceptions(tx, { environment }, judged);
  await tx.write.environments.save(status);
  for (const record of records) await tx.write.evidence.append(record);
}

/** Without the messages: they say how old something is, and would change at every look. */
function verdictOf({ readiness, intended }: EnvironmentStatus): string {
  return JSON.stringify([
    intended?.promotion,
    readiness.verdict,
    readiness.blockers.map(({ gate, code, expected }) => [gate, code, expected]),
  ]);
}
