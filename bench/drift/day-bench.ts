import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@fairlead/engine';
import { heapBytes } from '../heap-bytes.ts';
import { quantile, type Measurement } from '../measurement.ts';
import { benchDatabase } from './bench-database.ts';
import { observeShop } from './observe-shop.ts';
import { liveTexts, recordedPairs } from './realistic-pairs.ts';
import { ToldCluster } from './told-cluster.ts';

const hourMs = 3_600_000;
/** How often an observer asks controller and Git by itself. */
const lookMs = 30_000;
const eventsPerLook = 20;
const hoursPerList = 6;

/** A day in which nothing happens but what always does: statuses change, watches start over, the controller is asked again. Only its clock runs faster. */
export async function dayBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const [count, hours] = quick ? [1000, 4] : [10_000, 24];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await benchDatabase());
  const clock = new FastClock();
  const cluster = new ToldCluster(clock);
  const pairOf = recordedPairs();
  let looks = 0;
  const observers = await observeShop({
    database,
    store: database.store(),
    clock,
    cluster: cluster.port,
    desired: Array.from({ length: count }, (_, index) => pairOf(index).desired),
    looked: () => (looks += 1),
  });
  stack.defer(() => observers.stop());
  await observers.tick();
  await cluster.list(liveTexts(count));
  let events = count;
  const pass = async (): Promise<void> => {
    const before = looks;
    clock.pass(lookMs);
    await observers.tick();
    while (looks === before) await setImmediate();
    for (let index = 0; index < eventsPerLook; index += 1) cluster.apply(withStatus(pairOf((events += 1) % count).live, events));
  };
  const hour = async (): Promise<number> => {
    for (let ms = 0; ms < hourMs; ms += lookMs) await pass();
    return heapBytes();
  };
  const heaps = [await hour()];
  const begun = await database.now();
  const cpu = process.threadCpuUsage();
  while (heaps.length < hours) {
    heaps.push(await hour());
    if (heaps.length % hoursPerList === 0) {
      await cluster.list(liveTexts(count));
      events += count;
    }
  }
  const { user, system } = process.threadCpuUsage(cpu);
  const written = await database.writtenSince(begun);
  const records = written.get('record') ?? 0;
  const rows = drift.reduce((sum, table) => sum + (written.get(table) ?? 0), 0);
  // A look that is under way has its objects twice.
  const early = quantile(heaps.slice(0, hours / 4), 0.5);
  const late = quantile(heaps.slice(-hours / 4), 0.5);
  const cost = (user + system) / 1e4 / ((hours - 1) * 3600);
  return [
    { name: `rows of drift in ${String(hours)} h`, at: count, value: rows, unit: 'written', bar: '0' },
    { name: 'hourly records of coverage', at: count, value: records, unit: 'written', bar: String(hours - 1) },
    { name: 'events', at: count, value: events, unit: 'told' },
    { name: 'heap in the first hours', at: count, value: early / 2 ** 20, unit: 'MB' },
    { name: 'heap grown by the last ones', at: count, value: (100 * (late - early)) / early, unit: '%', bar: '≤ 1' },
    { name: 'cost of the day', at: count, value: cost, unit: '% of a core' },
  ];
}

const drift = ['drift_item', 'target_observation', 'drift_action', 'reconciliation_task', 'promotion'];

function withStatus(live: object, revision: number): string {
  return JSON.stringify({ ...live, status: { observedGeneration: revision } });
}

class FastClock implements Clock {
  #ms = Date.parse('2026-11-23T16:00:00Z');

  now(): Date {
    return new Date(this.#ms);
  }

  pass(ms: number): void {
    this.#ms += ms;
  }
}
