import type { CoverageGap, UpstreamError } from '@fairlead/domain';
import type { ObjectEvent, ObjectScope, ServedKind } from '@fairlead/engine';
import type { ItemIdentity } from '../../http/kubernetes/collection-item.ts';
import { followCollection, type CollectionFollower, type Following } from '../../http/kubernetes/follow-collection.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { collectionOf, isWide, narrowPlaces, placeName, placesOf, type Place } from './collection-of.ts';
import { gapOfKind } from './coverage-gap.ts';
import { liveObject, refOf } from './live-object.ts';

/** What every kind of a watch shares. */
export interface WatchContext {
  readonly wire: KubernetesWire;
  readonly scope: ObjectScope;
  readonly following: Following;
  readonly tell: (event: ObjectEvent) => void;
  readonly now: () => string;
  /** The kind may have gone. */
  readonly missing: () => void;
}

interface Followed {
  readonly place: Place;
  readonly follower: CollectionFollower;
  inSync: boolean;
  gap: CoverageGap | undefined;
}

type Known = ReadonlyMap<string, ItemIdentity>;

/** One kind, wherever the scope looks at it. */
export class KindWatch {
  readonly kind: ServedKind;
  readonly #context: WatchContext;
  readonly #startedAt: string;
  #followed: readonly Followed[] = [];

  /** `known`: what was told of the same objects in another version. */
  constructor(context: WatchContext, kind: ServedKind, known: Known = new Map()) {
    this.kind = kind;
    this.#context = context;
    this.#startedAt = context.now();
    this.#followed = placesOf(kind, context.scope.namespaces).map((place) => this.#follow(place, known));
  }

  get known(): Known {
    return new Map(this.#followed.flatMap(({ follower }) => [...follower.known]));
  }

  get isSeen(): boolean {
    return this.#followed.some(({ gap, inSync }) => gap === undefined && inSync);
  }

  gaps(): readonly CoverageGap[] {
    return this.#followed.flatMap(({ place, inSync, gap }) => {
      if (gap !== undefined) return [gap];
      return inSync ? [] : [gapOfKind(place, 'not listed yet', this.#startedAt)];
    });
  }

  /** How long the longest silence is, of places that have been seen; `starting` while one of them is on its way. */
  silentForMs(): number | 'starting' | undefined {
    if (this.#followed.some(({ inSync, gap }) => !inSync && gap === undefined)) return 'starting';
    const silences = this.#followed.flatMap(({ inSync, follower }) => (inSync ? (follower.silentForMs() ?? []) : []));
    return silences.length === 0 ? undefined : Math.max(...silences);
  }

  stop(): void {
    for (const { follower } of this.#followed) void follower.stop();
  }

  /** The kind is gone, and so are its objects. */
  forget(): void {
    this.stop();
    const at = this.#context.now();
    for (const item of this.known.values()) this.#tellDeleted(item, at);
    for (const { gap } of this.#followed) if (gap !== undefined) this.#context.tell({ kind: 'gap-closed', gap, at });
    this.#followed = [];
  }

  #follow(place: Place, known: Known): Followed {
    const { wire, scope, following, tell, now } = this.#context;
    const wanted = new Set(scope.namespaces);
    const { group, version, kind } = this.kind;
    const here = place.namespace === undefined ? {} : { namespace: place.namespace };
    const follower = followCollection(
      {
        wire,
        collection: collectionOf(place),
        doing: `watching ${placeName(place)} on cluster ${scope.cluster}`,
        known: new Map([...known].filter(([, item]) => place.namespace === undefined || item.namespace === place.namespace)),
        ...(isWide(place) ? { selects: ({ namespace }) => namespace !== undefined && wanted.has(namespace) } : {}),
        listener: {
          applied: (item) => {
            tell({ kind: 'applied', live: liveObject(this.kind, item), at: now() });
          },
          deleted: (item) => {
            this.#tellDeleted(item, now());
          },
          listed: () => {
            followed.inSync = true;
            tell({ kind: 'in-sync', of: { group, version, kind }, ...here, at: now() });
          },
          following: () => {
            const { gap } = followed;
            followed.gap = undefined;
            if (gap !== undefined) tell({ kind: 'gap-closed', gap, at: now() });
          },
          failed: (error) => {
            this.#failed(followed, error);
          },
        },
      },
      following,
    );
    const followed: Followed = { place, follower, inSync: false, gap: undefined };
    return followed;
  }

  #failed(followed: Followed, error: UpstreamError): void {
    const { place, follower } = followed;
    if (error.code === 'kubernetes-forbidden' && isWide(place)) {
      void follower.stop();
      const { known } = follower;
      this.#followed = narrowPlaces(this.kind, this.#context.scope.namespaces).map((narrow) => this.#follow(narrow, known));
      return;
    }
    if (error.code === 'kubernetes-not-found') this.#context.missing();
    if (followed.gap !== undefined) return;
    followed.gap = gapOfKind(place, error.message, this.#context.now());
    this.#context.tell({ kind: 'gap', gap: followed.gap });
  }

  #tellDeleted(item: ItemIdentity, at: string): void {
    this.#context.tell({ kind: 'deleted', ref: refOf(this.kind, item), uid: item.uid, at });
  }
}
