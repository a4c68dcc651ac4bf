import type { ObservedHydration, SyncRequest } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { textOf } from './application-sources.ts';
import { given, same } from './given.ts';
import type { Application, HydrateOperation } from './schema.ts';

/** What the hydrator says, where the Application has one. */
export function observeHydration({ spec, status }: Pick<Application, 'spec' | 'status'>): ObservedHydration | undefined {
  const { sourceHydrator } = spec;
  if (!sourceHydrator) return undefined;
  const { currentOperation: current, lastSuccessfulOperation: last } = status?.sourceHydrator ?? {};
  return {
    ...given('writesTo', branchBeside(sourceHydrator), same),
    ...given('phase', current?.phase, same),
    ...given('message', current?.message, redact),
    ...given('at', current?.drySHA, same),
    done: [current, last].flatMap((operation) => donePair(operation) ?? []),
  };
}

function branchBeside({ hydrateTo, syncSource }: NonNullable<Application['spec']['sourceHydrator']>): string {
  const written = textOf(hydrateTo, 'targetBranch');
  return written === textOf(syncSource, 'targetBranch') ? '' : written;
}

function donePair(operation: HydrateOperation | null | undefined): ObservedHydration['done'][number] | undefined {
  const { drySHA: dry, hydratedSHA: hydrated } = operation ?? {};
  return dry && hydrated ? { dry, hydrated } : undefined;
}

/** What has to be synced to have the requested commit: itself, or what it was hydrated to. A later commit with the same inputs will do. */
export function revisionToSync({ revision, equals = [] }: SyncRequest, application: Application): string | undefined {
  const hydration = observeHydration(application);
  if (hydration === undefined) return revision;
  const good: readonly string[] = [revision, ...equals];
  return hydration.done.find(({ dry }) => good.includes(dry))?.hydrated;
}

/** For people: why the commit can't be synced yet. */
export function whyNotHydrated({ revision }: SyncRequest, application: Application): string {
  const { phase, message, at, done } = observeHydration(application) ?? { done: [] };
  if (phase === 'Failed') return `hydrating ${at ?? revision} failed: ${message ?? 'without a message'}`;
  return `the source hydrator has not hydrated ${revision} yet; it is at ${at ?? done[0]?.dry ?? 'nothing'}`;
}
