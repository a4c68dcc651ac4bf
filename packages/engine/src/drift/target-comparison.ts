import {
  compareObject,
  isMadeByOwner,
  objectKey,
  trackDrift,
  type DriftFinding,
  type DriftItem,
  type DriftLook,
  type DriftRules,
  type JsonObject,
  type LiveContainer,
  type ObjectRef,
  type RunningImages,
} from '@fairlead/domain';
import type { LiveObject, ObjectEvent } from '../ports/cluster.ts';
import { isMap, type DesiredObject, type DesiredObjects } from './desired-objects.ts';
import { LiveObjects } from './live-objects.ts';
import { OpenItems } from './open-items.ts';
import { PodContainers } from './pod-containers.ts';
import { SeenKinds, type SeenPlace } from './seen-kinds.ts';
import { inBoth, rolloutImages, type DesiredImages } from './rollout-images.ts';
import { isPod } from './watched-scope.ts';

/** What a target is compared by. */
export interface ComparisonBasis {
  readonly rules: DriftRules;
  readonly desired: DesiredObjects;
  /** On its way: an object may be as either of the two says. */
  readonly arriving?: DesiredObjects;
  /** Delivered before, and their pods may still be going. */
  readonly leaving?: readonly DesiredImages[];
  /** What the controller says it manages, by `objectKey`. */
  readonly managed: ReadonlyMap<string, ObjectRef>;
  /** Digests that each image reference may run as. */
  readonly images: ImageDigests;
}

export type ImageDigests = RunningImages['resolved'];

/** What a comparison changed. */
export interface DriftChanges {
  readonly opened: readonly DriftItem[];
  readonly resolved: readonly DriftItem[];
  /** Still open, and something else about them now. */
  readonly changed: readonly DriftItem[];
}

export interface ComparisonOptions {
  readonly target: string;
  /** What was open before, of this target. */
  readonly open: readonly DriftItem[];
  readonly containersOf: (pod: LiveObject) => readonly LiveContainer[];
}

/** What one look found, and what was open before it. */
interface SeenBefore extends Omit<DriftLook, 'target'> {
  readonly previous: readonly DriftItem[];
}

interface Touched {
  readonly ref: ObjectRef;
  /** When the watch showed it; absent where nothing live changed. */
  readonly at?: string;
}

/**
 * One target's live objects against its desired ones, kept up event by event: an event costs the comparison of one object, whatever the number of them. Synchronous and
 * without I/O; whoever drives it reads events in and writes changes out.
 */
export class TargetComparison {
  readonly #options: ComparisonOptions;
  readonly #live = new LiveObjects();
  readonly #refs = new Map<string, ObjectRef>();
  readonly #seen = new SeenKinds();
  readonly #pods = new PodContainers();
  /** What was let go of, since it is another's business. */
  readonly #unkept = new Set<string>();
  readonly #open = new OpenItems();
  #basis: ComparisonBasis | undefined;
  readonly #touched = new Map<string, Touched>();
  #podsTouched = false;

  constructor(options: ComparisonOptions) {
    this.#options = options;
    for (const item of options.open) this.#open.keep(item);
  }

  get objects(): number {
    return this.#live.size;
  }

  get isIdle(): boolean {
    return this.#touched.size === 0 && !this.#podsTouched;
  }

  openItems(): readonly DriftItem[] {
    return this.#open.all();
  }

  /** Something is asked for now that was told of and not kept: everything has to be told again. */
  get lacksWhatIsAsked(): boolean {
    const { desired, arriving, managed } = this.#basis ?? {};
    return [desired?.objects, arriving?.objects, managed].some((asked) => [...(asked?.keys() ?? [])].some((key) => this.#unkept.has(key)));
  }

  sees(place: SeenPlace): boolean {
    return this.#seen.sees(place);
  }

  /** From now on everything is compared by this, once. */
  setBasis(basis: ComparisonBasis): void {
    this.#basis = basis;
    for (const [key, ref] of this.#refs) this.#touch(key, ref);
    for (const { desired } of [basis, { desired: basis.arriving }])
      for (const [key, { ref }] of desired?.objects ?? []) this.#touch(key, ref);
    for (const { object } of this.#open.ofObjects()) this.#touch(objectKey(object), object);
    this.#podsTouched = true;
  }

  /** Never throws: it is called by a watch. */
  take(event: ObjectEvent): void {
    switch (event.kind) {
      case 'applied':
        this.#applied(event.live, event.at);
        return;
      case 'deleted':
        this.#deleted(event.ref, event.at);
        return;
      case 'in-sync':
      case 'gap':
      case 'gap-closed': {
        const kind = this.#seen.take(event);
        if (kind !== undefined) this.#touchKind(kind);
      }
    }
  }

  /** Compares at most so many of the objects that something happened to. Where it fails, nothing counts as compared. */
  compare(at: string, limit = Infinity): DriftChanges {
    const basis = this.#basis;
    if (basis === undefined) return { opened: [], resolved: [], changed: [] };
    const batch = this.#takeTouched(limit);
    const isLast = this.#touched.size === 0;
    try {
      const seen = [this.#seenObjects(basis, batch, at), ...(isLast && this.#podsTouched ? [this.#seenImages(basis, at)] : [])];
      if (isLast) this.#podsTouched = false;
      const tracked = seen.map((one) => this.#track(one));
      return {
        opened: tracked.flatMap(({ opened }) => opened),
        resolved: tracked.flatMap(({ resolved }) => resolved),
        changed: tracked.flatMap(({ changed }) => changed),
      };
    } catch (fault) {
      for (const [key, touched] of batch) this.#touched.set(key, touched);
      throw fault;
    }
  }

  /** Costs what it takes, however much is left. */
  #takeTouched(limit: number): ReadonlyMap<string, Touched> {
    const taken = new Map<string, Touched>();
    for (const [key, touched] of this.#touched) {
      if (taken.size >= limit) break;
      taken.set(key, touched);
      this.#touched.delete(key);
    }
    return taken;
  }

  #applied(live: LiveObject, at: string): void {
    const { ref, object } = live;
    const key = objectKey(ref);
    if (isPod(ref) && this.#pods.set(key, this.#options.containersOf(live))) this.#podsTouched = true;
    // What a controller in the cluster derives from something else is that one's business, unless somebody asks for it.
    if (this.#isOthers(object) && !this.#isAskedFor(key, ref)) {
      this.#letGo(key, ref, at);
      return;
    }
    this.#unkept.delete(key);
    this.#live.set(ref, object);
    this.#refs.set(key, ref);
    if (this.#seen.sees(ref)) this.#touch(key, ref, at);
  }

  #deleted(ref: ObjectRef, at: string): void {
    const key = objectKey(ref);
    if (this.#pods.delete(key)) this.#podsTouched = true;
    this.#unkept.delete(key);
    this.#live.delete(key);
    this.#refs.delete(key);
    this.#touch(key, ref, at);
  }

  #isOthers(object: JsonObject): boolean {
    return isMadeByOwner(object, this.#basis?.rules.trusted ?? new Set());
  }

  /** It may have had no owner before: a pod that lost its own is taken in by another. */
  #letGo(key: string, ref: ObjectRef, at: string): void {
    this.#unkept.add(key);
    if (!this.#refs.delete(key)) return;
    this.#live.delete(key);
    this.#touch(key, ref, at);
  }

  #isAskedFor(key: string, { group, kind }: ObjectRef): boolean {
    const basis = this.#basis;
    // Before anybody knows what is asked for, whatever isn't plainly derived is kept.
    if (basis === undefined) return !derivedKinds.has(`${group}/${kind}`);
    return basis.desired.objects.has(key) || basis.managed.has(key) || basis.arriving?.objects.has(key) === true;
  }

  #touch(key: string, ref: ObjectRef, at?: string): void {
    const before = this.#touched.get(key)?.at;
    const shown = before ?? at;
    this.#touched.set(key, shown === undefined ? { ref } : { ref, at: shown });
  }

  #touchKind(of: { readonly group: string; readonly kind: string }): void {
    const isOfIt = ({ group, kind }: ObjectRef): boolean =>
      of.kind === '*' ? of.group === '*' || of.group === group : of.group === group && of.kind === kind;
    const all: (readonly [string, ObjectRef])[] = [...this.#refs];
    for (const [key, { ref }] of this.#basis?.desired.objects ?? []) all.push([key, ref]);
    for (const { object } of this.#open.ofObjects()) all.push([objectKey(object), object]);
    for (const [key, ref] of all) if (isOfIt(ref)) this.#touch(key, ref);
    if (isOfIt({ group: '', version: 'v1', kind: 'Pod', name: '' })) this.#podsTouched = true;
  }

  #seenObjects(basis: ComparisonBasis, batch: ReadonlyMap<string, Touched>, at: string): SeenBefore {
    const looked = new Set<string>();
    const findings: DriftFinding[] = [];
    for (const [key, { ref, at: firstShown }] of batch) {
      if (!this.#seen.sees(ref)) continue;
      looked.add(key);
      findings.push(...this.#findingsOf(basis, key, { at, ...(firstShown === undefined ? {} : { firstShown }) }));
    }
    const previous = [...looked].flatMap((key) => this.#open.of(key));
    return { previous, findings, looked: (ref) => looked.has(objectKey(ref)), at };
  }

  #findingsOf(
    { rules, desired, arriving, leaving = [], managed }: ComparisonBasis,
    key: string,
    when: { readonly at: string; readonly firstShown?: string },
  ): readonly DriftFinding[] {
    const live = this.#live.get(key);
    const by = (wanted: DesiredObject | undefined): readonly DriftFinding[] => {
      if (wanted === undefined && live === undefined) return [];
      const { at, ...shown } = when;
      const sides = { ...(wanted === undefined ? {} : { desired: wanted.object }), ...(live === undefined ? {} : { live }) };
      return compareObject(rules, { ...sides, managed: managed.has(key), ...shown }, at);
    };
    const wanted = desired.objects.get(key);
    const findings = by(wanted);
    if (findings.length === 0) return findings;
    const found = arriving === undefined ? findings : inBoth(findings, by(arriving.objects.get(key)));
    // Its deletion may be heard of after the delivery that it belongs to; one that nobody prunes is extra once the state has left.
    const pruned = wanted === undefined ? leaving.flatMap((left) => left.desired.objects.get(key) ?? []) : [];
    return pruned.some((before) => isGoing(live) || by(before).length === 0) ? [] : found;
  }

  #seenImages(basis: ComparisonBasis, at: string): SeenBefore {
    const containers = this.#pods.all();
    const findings = rolloutImages(basis.rules, basis, { containers, at });
    const looked = ({ namespace = '' }: ObjectRef): boolean => this.#seen.sees({ group: '', kind: 'Pod', namespace });
    return { previous: this.#open.images(), findings, looked, at };
  }

  #track({ previous, ...seen }: SeenBefore): DriftChanges {
    if (previous.length === 0 && seen.findings.length === 0) return { opened: [], resolved: [], changed: [] };
    const { opened, resolved, kept, changed } = trackDrift(previous, { target: this.#options.target, ...seen });
    for (const item of [...opened, ...kept]) this.#open.keep(item);
    for (const item of resolved) this.#open.forget(item);
    return { opened, resolved, changed };
  }

  /** Takes items as they were stored, with their records. */
  remember(items: readonly DriftItem[]): void {
    for (const item of items) if (item.resolvedAt === undefined && this.#open.has(item)) this.#open.keep(item);
  }
}

const derivedKinds = new Set(['/Pod', 'apps/ReplicaSet', 'batch/Job']);

/** Somebody deletes it, and whoever has to let go of it hasn't yet: a deletion in the foreground puts a finalizer in. */
function isGoing(live: JsonObject | undefined): boolean {
  const metadata = live?.['metadata'];
  return isMap(metadata) && typeof metadata['deletionTimestamp'] === 'string';
}
