import { objectKey, type CoverageGap, type DriftItem, type WatchCoverage } from '@fairlead/domain';
import type { ObjectEvent, ObjectWatch } from '../ports/cluster.ts';
import type { Watching } from '../ports/delivery.ts';
import type { NotRendered } from './desired-objects.ts';
import { changeCount } from './drift-changes.ts';
import { scanBasis, type ScanPlace, type ScanPorts, type ScanRequest } from './scan-drift.ts';
import { TargetComparison, type DriftChanges } from './target-comparison.ts';
import { joinedCoverage } from './watched-scope.ts';

export interface WatchTold {
  readonly changes: DriftChanges;
  /** All that is open now. */
  readonly open: readonly DriftItem[];
  /** What can't be seen any more, or can again. */
  readonly sight: readonly SightChange[];
}

export interface SightChange {
  readonly seen: boolean;
  readonly gap: CoverageGap;
}

export interface WatchingDrift extends Watching {
  /** Everything that is watched has been seen once; before that, nothing found means nothing. */
  inSync(): boolean;
  coverage(): WatchCoverage;
  /** When the kind that is silent for the longest was last heard of, RFC 3339; `undefined` before everything was. */
  freshAt(): string | undefined;
}

export type WatchedDrift = { readonly kind: 'watching'; readonly watching: WatchingDrift } | NotRendered;

/** Looks at one place and goes on looking until stopped; tells what changed since the last time, first of all what is there. Needs no server and writes nothing. */
export async function watchDrift(
  ports: ScanPorts,
  { request, place }: { readonly request: ScanRequest; readonly place: ScanPlace },
  tell: (told: WatchTold) => void,
): Promise<WatchedDrift> {
  const basis = await scanBasis(ports, request, place);
  if (basis.kind === 'not-rendered') return basis;
  const { target, managed = [] } = place;
  const comparison = new TargetComparison({ target, open: [], containersOf: (pod) => ports.cluster.containersOf(pod) });
  comparison.setBasis({
    rules: basis.rules,
    desired: basis.desired,
    managed: new Map(managed.map((ref) => [objectKey(ref), ref])),
    images: request.images ?? {},
  });
  let scheduled = false;
  let sight: readonly SightChange[] = [];
  const compare = (): void => {
    scheduled = false;
    const changes = comparison.compare(ports.clock.now().toISOString());
    const told = { changes, open: comparison.openItems(), sight };
    sight = [];
    if (changeCount(changes) + told.sight.length > 0) tell(told);
  };
  const watches: ObjectWatch[] = [];
  for (const scope of basis.scopes) {
    watches.push(
      await ports.cluster.watchObjects(scope, (event) => {
        comparison.take(event);
        sight = [...sight, ...sightChange(event)];
        // Events come many at once: all that one read brought are compared together.
        if (!scheduled) void Promise.resolve().then(compare);
        scheduled = true;
      }),
    );
  }
  const stop = async (): Promise<void> => {
    await Promise.all(watches.map((watch) => watch.stop()));
  };
  return {
    kind: 'watching',
    watching: {
      stop,
      inSync: () => watches.every((watch) => watch.freshAt() !== undefined),
      freshAt: () => oldest(watches.map((watch) => watch.freshAt())),
      coverage: () => joinedCoverage(watches.map((watch) => watch.coverage())),
    },
  };
}

function sightChange(event: ObjectEvent): readonly SightChange[] {
  if (event.kind === 'gap') return [{ seen: false, gap: event.gap }];
  return event.kind === 'gap-closed' ? [{ seen: true, gap: event.gap }] : [];
}

function oldest(times: readonly (string | undefined)[]): string | undefined {
  return times.includes(undefined) ? undefined : times.toSorted()[0];
}
