import {
  builtInPolicy,
  digestOf,
  FreeMap,
  jsonEquals,
  type CommitSha,
  type Digest,
  type DriftItem,
  type TargetObservation,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import type { ObjectScope, ObjectWatch } from '../ports/cluster.ts';
import type { Lease } from '../ports/leases.ts';
import { changeCount, followedBy, noChanges } from './drift-changes.ts';
import type { DriftPorts } from './drift-ports.ts';
import { rulesFor, type ClusterKinds } from './drift-settings.ts';
import { isComplete } from './is-complete.ts';
import { LeavingStates } from './leaving-states.ts';
import { lookAtTarget, stillDelivers, type NoLook, type TargetLook, type WatchedTarget } from './look-at-target.ts';
import { recordDrift } from './record-drift.ts';
import { TargetComparison, type DriftChanges } from './target-comparison.ts';
import { joinedCoverage } from './watched-scope.ts';

export interface TargetObserverOptions {
  readonly watched: WatchedTarget;
  /** This process, as records name it. */
  readonly observer: string;
  /** As it is now. */
  readonly lease: () => Lease;
  readonly kindsOf: (cluster: string) => Promise<ClusterKinds>;
  /** Lets others run in between. */
  readonly breathe: () => Promise<void>;
  readonly onFault: (error: unknown, watched: WatchedTarget) => void;
}

/** A watch without a word for so long is not believed: API servers send a bookmark a minute. */
const silenceMs = 100_000;
/** A comparison of so many objects takes a few milliseconds. */
const batch = 100;

/** Keeps one target's drift up to date, from the first list until it is stopped. What it finds is stored within the turn in which a watch told of it. */
export class TargetObserver {
  readonly #ports: DriftPorts;
  readonly #options: TargetObserverOptions;
  #look: TargetLook | NoLook | undefined;
  #lookDue = false;
  #comparison: TargetComparison | undefined;
  #comparedBy: { readonly digest: Digest; readonly kinds: ClusterKinds } | undefined;
  readonly #leaving = new LeavingStates();
  #trusted: ReadonlySet<string> = new Set();
  #scopes: readonly ObjectScope[] = [];
  #watches: readonly ObjectWatch[] = [];
  #unwritten: DriftChanges = noChanges;
  #written: TargetObservation | undefined;
  #asOf: string | undefined;
  #failing = false;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(ports: DriftPorts, options: TargetObserverOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  get watched(): WatchedTarget {
    return this.#options.watched;
  }

  /** As it was last written. */
  get observation(): TargetObservation | undefined {
    return this.#written;
  }

  /** What was delivered, or how it is, may have changed. */
  lookAgain(): void {
    this.#lookDue = true;
    this.#schedule();
  }

  /** After a failure the next try comes with the clock. */
  tick(): void {
    if (this.#failing) this.#schedule();
  }

  /** As of when all that is stored of the target is true; `undefined` before the first time. It stands still while something can't be seen, read or written. */
  asOf(): string | undefined {
    const now = this.#ports.clock.now();
    const heard = this.#watches.map((watch) => watch.freshAt());
    const oldest = heard.flatMap((at) => at ?? []).toSorted()[0];
    const silent = oldest !== undefined && now.getTime() - Date.parse(oldest) > silenceMs;
    if (silent) this.#asOf = this.#asOf === undefined || oldest < this.#asOf ? oldest : this.#asOf;
    else if (this.#isUpToDate() && !heard.includes(undefined)) this.#asOf = now.toISOString();
    return this.#asOf;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const watching = this.#watches;
    await Promise.all(watching.map((watch) => watch.stop()));
    await this.#working;
    // What it was about to begin when it was stopped began all the same.
    await Promise.all(this.#watches.filter((watch) => !watching.includes(watch)).map((watch) => watch.stop()));
  }

  #isUpToDate(): boolean {
    return !this.#failing && !this.#isDue() && this.#unwritten === noChanges && this.#written !== undefined && this.#working === undefined;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (!this.#failing && this.#isDue()) this.#schedule();
    });
  }

  #isDue(): boolean {
    return this.#lookDue || this.#hasWork();
  }

  #hasWork(): boolean {
    return this.#comparison?.isIdle === false && this.#look?.kind === 'ready';
  }

  async #work(): Promise<void> {
    // Events come many at once: what one read brought is compared and written together.
    await Promise.resolve();
    try {
      if (this.#unwritten !== noChanges) await this.#write(this.#unwritten);
      do {
        if (this.#lookDue) await this.#lookOnce();
        await this.#compareAndWrite();
      } while (!this.#stopped && this.#isDue());
      this.#failing = false;
    } catch (error) {
      this.#failing = true;
      this.#lookDue = true;
      if (!this.#stopped) this.#options.onFault(error, this.watched);
    }
  }

  async #lookOnce(): Promise<void> {
    this.#lookDue = false;
    const lastDelivered = this.#lastDelivered();
    const { watched, kindsOf } = this.#options;
    const look = await lookAtTarget(this.#ports, { ...watched, kindsOf, ...(lastDelivered === undefined ? {} : { lastDelivered }) });
    this.#look = look;
    if (look.kind === 'problem') return;
    if (this.#comparison === undefined || !sameScopes(this.#scopes, look.scopes)) await this.#watch(look);
    else this.#compareBy(look, this.#comparison);
    if (this.#comparison?.lacksWhatIsAsked === true) await this.#watch(look);
  }

  #lastDelivered(): CommitSha | undefined {
    return this.#look?.kind === 'ready' ? this.#look.desired.commit : this.#written?.desired?.commit;
  }

  /** Begins to watch, or anew where something else has to be watched. What was open stays open until it was looked at. */
  async #watch(look: TargetLook): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.stop()));
    this.#watches = [];
    const target = targetName(this.watched.target);
    // What has no record yet is found anew, if it is there.
    const open = this.#comparison?.openItems().filter(({ opened }) => opened !== undefined) ?? (await this.#resume(target));
    const { cluster } = this.#ports;
    const comparison = new TargetComparison({ target, open, containersOf: (pod) => cluster.containersOf(pod) });
    this.#comparison = comparison;
    this.#comparedBy = undefined;
    this.#compareBy(look, comparison);
    for (const scope of look.scopes) {
      const watch = await cluster.watchObjects(scope, (event) => {
        comparison.take(event);
        if (!this.#failing) this.#schedule();
      });
      this.#watches = [...this.#watches, watch];
    }
    this.#scopes = look.scopes;
  }

  async #resume(target: string): Promise<readonly DriftItem[]> {
    const { environment } = this.watched;
    return this.#ports.store.read((reader) => reader.drift.open(environment, target));
  }

  /** Everything is compared again only where what it is compared by is other than before. */
  #compareBy(look: TargetLook, comparison: TargetComparison): void {
    const { desired, arriving, inventory, images, rules } = look;
    const leaving = this.#leaving.beside(look, this.#ports.clock.now().getTime());
    const digest = digestOf([
      desired.digest,
      arriving?.digest ?? null,
      leaving.map((left) => left.desired.digest),
      inventory,
      images,
      rules.ownedNamespaces,
      rules.namespace ?? '',
      JSON.stringify([rules.ignore ?? [], rules.policy.drift]),
    ]);
    if (digest === this.#comparedBy?.digest && rules.kinds === this.#comparedBy.kinds) return;
    this.#comparedBy = { digest, kinds: rules.kinds };
    const made = rulesFor(rules, desired);
    this.#trusted = made.trusted;
    comparison.setBasis({ rules: made, desired, managed: look.managed, images, leaving, ...(arriving === undefined ? {} : { arriving }) });
  }

  async #compareAndWrite(): Promise<void> {
    const comparison = this.#comparison;
    const found = comparison === undefined ? noChanges : await this.#compare(comparison, batch);
    // Kept where the controller can't be asked: the comparison won't find it again.
    this.#unwritten = found;
    const changes = comparison === undefined ? noChanges : await this.#confirmed(found, comparison);
    this.#unwritten = noChanges;
    if (changes !== noChanges || !this.#isWritten()) await this.#write(changes);
  }

  /** Watches race: objects that a controller applies are heard of before the delivery that they belong to. So what opens is believed if the controller, asked
   *  after the objects were heard of, still delivers what they were compared with. */
  async #confirmed(found: DriftChanges, comparison: TargetComparison): Promise<DriftChanges> {
    const look = this.#look;
    if (found.opened.length === 0 || look?.kind !== 'ready') return found;
    if (await stillDelivers(this.#ports, this.watched.target, look)) return found;
    await this.#lookOnce();
    if (this.#comparison !== comparison) return { ...found, opened: [] };
    return followedBy(found, await this.#compare(comparison, Infinity));
  }

  /** What was found before a failure isn't found again, so it has to be written first. */
  async #compare(comparison: TargetComparison, enough: number): Promise<DriftChanges> {
    let changes = noChanges;
    try {
      for (let turn = 0; this.#hasWork() && changeCount(changes) < enough; turn += 1) {
        if (turn > 0) await this.#options.breathe();
        changes = followedBy(changes, comparison.compare(this.#ports.clock.now().toISOString(), batch));
      }
    } catch (fault) {
      if (changes === noChanges) throw fault;
    }
    return changes;
  }

  async #write(changes: DriftChanges): Promise<void> {
    const observation = this.#observe();
    if (observation === undefined) return;
    this.#unwritten = changes;
    const { environment, target } = this.watched;
    const items = await recordDrift(this.#ports, {
      environment,
      target: targetName(target),
      commit: observation.desired?.commit,
      changes,
      ...(this.#isWritten() ? {} : { observation }),
      trusted: this.#trusted,
      policy: this.#look?.kind === 'ready' ? this.#look.policy : builtInPolicy,
      lease: this.#options.lease(),
      at: observation.at,
    });
    this.#unwritten = noChanges;
    this.#written = this.#isWritten() ? this.#written : observation;
    this.#comparison?.remember(items);
  }

  /** Nothing is written twice: how many objects there are, and when it was looked at, is no news. */
  #isWritten(): boolean {
    const [before, now] = [this.#written, this.#observe()].map((one) => (one === undefined ? undefined : { ...one, objects: 0, at: '' }));
    return before !== undefined && now !== undefined && jsonEquals(FreeMap.parse(before), FreeMap.parse(now));
  }

  #observe(): TargetObservation | undefined {
    const look = this.#look;
    if (look === undefined) return undefined;
    const { environment, target } = this.watched;
    const coverage = joinedCoverage(this.#watches.map((watch) => watch.coverage()));
    const common = { environment, target: targetName(target), cluster: look.cluster, observer: this.#options.observer, coverage };
    const at = this.#ports.clock.now().toISOString();
    const comparison = this.#comparison;
    if (look.kind === 'problem' || comparison === undefined)
      return { ...common, complete: false, problem: look.kind === 'problem' ? look.problem : 'not watched yet', objects: 0, at };
    const { desired, pending, inventory } = look;
    return {
      ...common,
      desired: { commit: desired.commit, digest: desired.digest, ...(pending.length === 0 ? {} : { pending }) },
      inventory,
      complete: isComplete(look, coverage, (place) => comparison.sees(place)),
      objects: comparison.objects,
      at,
    };
  }
}

function sameScopes(one: readonly ObjectScope[], other: readonly ObjectScope[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
