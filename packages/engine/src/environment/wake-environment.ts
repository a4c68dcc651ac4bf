import type { EnvironmentId } from '@fairlead/domain';
import type { Transactor } from '../ports/store.ts';

/** Wakes the promotion that is under way there, else the one that the environment rests on: something that it is judged by has changed. */
export async function wakeEnvironment(tx: Transactor, environment: EnvironmentId): Promise<void> {
  const open = await tx.promotions.open(environment);
  const delivering = open.filter(({ status }) => status === 'syncing' || status === 'synced' || status === 'validating');
  const intended = await tx.promotions.intended(environment);
  const ids = delivering.length > 0 || intended === 'absent' ? delivering.map(({ id }) => id) : [intended.id];
  for (const id of ids) await tx.write.wakes.promotion(id);
}
