import { exceptionStatus, gravest, type DriftItem, type DriftSummary, type EnvironmentId, type PolicyException } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { DatedObservation, DriftFilter } from '../ports/drift-store.ts';
import type { Page, Paging } from '../ports/paging.ts';
import type { Reader } from '../ports/store.ts';

/** A difference as people see it: with its environment, and with what excuses it now. */
export type ShownDrift = DriftItem & { readonly environment: EnvironmentId };

/** Newest first. */
export async function listDrift(
  { store, clock }: Pick<EnginePorts, 'store' | 'clock'>,
  filter: DriftFilter,
  paging: Paging,
): Promise<Page<ShownDrift>> {
  const now = clock.now();
  return store.read(async (reader) => {
    const page = await reader.drift.list(filter, paging);
    const environments = [...new Set(page.items.map(({ environment }) => environment))];
    const exceptions = (await Promise.all(environments.map((environment) => inForce(reader, environment, now)))).flat();
    const items = page.items.map(({ environment, item }) => ({ ...excusedBy(exceptions, item), environment }));
    return { ...page, items };
  });
}

/** The exceptions that hold now. */
export async function inForce(reader: Reader, environment: EnvironmentId, now: Date): Promise<readonly PolicyException[]> {
  const unexpired = await reader.exceptions.unexpired(environment, now);
  return unexpired.filter((exception) => exceptionStatus(exception, now) === 'in-force');
}

export function excusedBy(exceptions: readonly PolicyException[], { excused: _before, ...item }: DriftItem): DriftItem {
  const found = exceptions.findLast(({ drift }) => drift.includes(item.id));
  return found === undefined ? item : { ...item, excused: { exception: found.id, until: found.expiresAt } };
}

/** What counts of an environment's drift, and as of when; `undefined` where nobody observes. */
export async function summariseDrift(reader: Reader, environment: EnvironmentId, now: Date): Promise<DriftSummary | undefined> {
  const observations = await reader.drift.observations(environment);
  if (observations.length === 0) return undefined;
  const exceptions = await inForce(reader, environment, now);
  const items = (await reader.drift.open(environment))
    .filter(({ ignoredBy }) => ignoredBy === undefined)
    .map((item) => excusedBy(exceptions, item));
  const counted = items.filter(({ excused }) => excused === undefined);
  const worst = gravest(counted.map(({ severity }) => severity));
  const observedAt = oldest(observations);
  return {
    open: counted.length,
    ...(worst === undefined ? {} : { worst }),
    excused: items.length - counted.length,
    ...(observedAt === undefined ? {} : { observedAt }),
  };
}

function oldest(observations: readonly DatedObservation[]): string | undefined {
  const times = observations.map(({ freshAt }) => freshAt);
  return times.includes(undefined) ? undefined : times.toSorted()[0];
}
