import {
  beginCoverage,
  extendCoverage,
  FreeMap,
  nextCoverage,
  textAt,
  type CoveragePeriod,
  type JsonObject,
  type SignedRecord,
  type TargetObservation,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import { newestOfTarget } from '../evidence/newest-of-target.ts';
import type { Lease } from '../ports/leases.ts';
import type { DriftPorts } from './drift-ports.ts';
import { environmentEvidence } from './environment-evidence.ts';
import type { WatchedTarget } from './look-at-target.ts';

/** A target as its observer stands to it now. */
export interface CoveredTarget {
  readonly watched: WatchedTarget;
  /** As of when all that is stored of it is true. */
  readonly asOf: string | undefined;
  /** As it was last written. */
  readonly observation: TargetObservation | undefined;
}

type Ports = Pick<DriftPorts, 'store' | 'signer' | 'clock'>;

interface Accounted {
  readonly period: CoveragePeriod;
  readonly target: CoveredTarget;
}

/** Accounts for what was and wasn't seen of each target: a record an hour, without a hole between one and the next, also where no server watched. */
export class CoverageAccount {
  readonly #ports: Ports;
  readonly #accounts = new Map<string, Accounted>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** To be called every few seconds by who holds the lease: of what isn't asked about, nobody knows that it was seen. */
  async look(targets: readonly CoveredTarget[], lease: Lease): Promise<void> {
    const at = this.#ports.clock.now().toISOString();
    for (const target of targets) {
      const key = keyOf(target);
      const period = this.#accounts.get(key)?.period ?? (await this.#begin(target, at));
      this.#accounts.set(key, { period: extendCoverage(period, sampleOf(target, at)), target });
    }
    await this.#settle(lease, ({ period }) => hourOf(period.since) !== hourOf(period.until));
  }

  /** Writes down what there is, for whoever watches next to go on from. */
  async close(lease: Lease): Promise<void> {
    await this.#settle(lease, ({ period }) => period.since < period.until);
    this.forget();
  }

  /** What another observes by now is that one's to tell. */
  forget(): void {
    this.#accounts.clear();
  }

  async #begin({ watched }: CoveredTarget, at: string): Promise<CoveragePeriod> {
    const { environment, target } = watched;
    const question = { environment, type: 'observation-coverage', target: targetName(target) } as const;
    const last = await this.#ports.store.read((reader) => newestOfTarget(reader, question));
    const until = last === undefined ? undefined : textAt(last.body, 'until');
    return beginCoverage(at, until === undefined ? undefined : { until, reason: 'no server watched, or it ended without an account' });
  }

  async #settle(lease: Lease, isDue: (accounted: Accounted) => boolean): Promise<void> {
    const due = [...this.#accounts].filter(([, accounted]) => isDue(accounted));
    if (due.length === 0) return;
    const records = await Promise.all(due.map(([, accounted]) => this.#sign(accounted)));
    await this.#ports.store.transact(async (tx) => {
      await tx.write.leases.requireHeld(lease);
      for (const record of records) await tx.write.evidence.append(record);
    });
    for (const [key, { period, target }] of due) this.#accounts.set(key, { period: nextCoverage(period), target });
  }

  #sign({ period, target: { watched, observation } }: Accounted): Promise<SignedRecord> {
    const commit = observation?.desired?.commit;
    return this.#ports.signer.sign(
      environmentEvidence(watched.environment, 'observation-coverage', {
        at: period.until,
        body: { target: targetName(watched.target), ...bodyOf(period, observation) },
        ...(commit === undefined ? {} : { commit }),
      }),
    );
  }
}

/** `complete`: all of it was seen, all the time. */
function bodyOf(period: CoveragePeriod, observation: TargetObservation | undefined): JsonObject {
  const { since, until, unobserved, gaps } = period;
  const complete = observation?.complete === true && unobserved.length === 0 && gaps.length === 0;
  const spans = FreeMap.parse({ since, until, complete, unobserved, gaps });
  if (observation === undefined) return spans;
  const { cluster, observer, desired, inventory, coverage, objects, problem } = observation;
  const { kinds, namespaces } = coverage;
  return {
    ...spans,
    ...FreeMap.parse({ cluster, observer, kinds, namespaces, objects }),
    ...(desired === undefined ? {} : FreeMap.parse({ desired })),
    ...(inventory === undefined ? {} : { inventory }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function sampleOf({ asOf, observation }: CoveredTarget, at: string): Parameters<typeof extendCoverage>[1] {
  return {
    at,
    ...(asOf === undefined ? {} : { freshAt: asOf }),
    ...(observation?.problem === undefined ? {} : { problem: observation.problem }),
    gaps: observation?.coverage.gaps ?? [],
  };
}

/** `2026-11-23T12`. */
function hourOf(time: string): string {
  return time.slice(0, 13);
}

function keyOf({ watched: { environment, target } }: CoveredTarget): string {
  return `${environment} ${target.controller} ${targetName(target)}`;
}
