import { UpstreamError, type CoverageGap, type WatchCoverage } from '@fairlead/domain';
import type { LiveObject, ObjectScope, ServedKind } from '@fairlead/engine';
import { kubernetesFault } from '../../http/kubernetes-fault.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { listCollection } from '../../http/kubernetes/list-collection.ts';
import { collectionOf, isWide, narrowPlaces, placeName, placesOf, type Place } from './collection-of.ts';
import type { Discovered } from './discovery/discovered-groups.ts';
import { inParallel } from './in-parallel.ts';
import { apiVersionOf, liveObject } from './live-object.ts';
import { gapOfKind, gapsInScope, unservedGap } from './coverage-gap.ts';
import { selectKinds } from './watched-kinds.ts';

export interface Look {
  readonly wire: KubernetesWire;
  readonly scope: ObjectScope;
  readonly at: string;
}

/** Everything in the scope once; an object that two pages or two attempts show is handed over once. */
export async function listObjects(look: Look, discovered: Discovered, take: (live: LiveObject) => void): Promise<WatchCoverage> {
  const { scope, at } = look;
  const { kinds, unserved } = selectKinds(scope, discovered.kinds, ['list']);
  const looked = await inParallel(kinds, (kind) => listKind(look, kind, take));
  const gaps = looked.flatMap((one) => one.gaps);
  return {
    kinds: looked.filter((one) => one.gaps.length < one.places).map(({ kind }) => `${apiVersionOf(kind)}/${kind.kind}`),
    namespaces: [...scope.namespaces],
    gaps: [...gaps, ...gapsInScope(scope, discovered.gaps), ...unserved.map((kind) => unservedGap(kind, at))],
  };
}

interface Looked {
  readonly kind: ServedKind;
  readonly places: number;
  readonly gaps: readonly CoverageGap[];
}

async function listKind(look: Look, kind: ServedKind, take: (live: LiveObject) => void): Promise<Looked> {
  const { namespaces } = look.scope;
  const seen = new Set<string>();
  const once = (live: LiveObject): void => {
    if (seen.has(live.uid)) return;
    seen.add(live.uid);
    take(live);
  };
  const places = placesOf(kind, namespaces);
  const faults = await listPlaces(look, places, once);
  const forbidden = places.some(isWide) && faults.some(([, fault]) => fault.code === 'kubernetes-forbidden');
  const tried = forbidden ? narrowPlaces(kind, namespaces) : places;
  const left = forbidden ? await listPlaces(look, tried, once) : faults;
  return { kind, places: tried.length, gaps: left.map(([place, fault]) => gapOfKind(place, fault.message, look.at)) };
}

async function listPlaces(
  { wire, scope }: Look,
  places: readonly Place[],
  take: (live: LiveObject) => void,
): Promise<readonly (readonly [Place, UpstreamError])[]> {
  const wanted = new Set(scope.namespaces);
  const faults = await inParallel(places, async (place) => {
    try {
      await listCollection(wire, {
        collection: collectionOf(place),
        take(item) {
          if (!isWide(place) || wanted.has(item.namespace ?? '')) take(liveObject(place.kind, item));
        },
      });
      return [];
    } catch (cause) {
      const doing = `listing ${placeName(place)} on cluster ${scope.cluster}`;
      return [[place, cause instanceof UpstreamError ? cause : kubernetesFault(cause, doing)] as const];
    }
  });
  return faults.flat();
}
