import { setImmediate } from 'node:timers/promises';
import { systemClock } from '@fairlead/adapters/clock';
import type { Store } from '@fairlead/engine';
import { heapBytes } from '../heap-bytes.ts';
import { quantile, type Measurement } from '../measurement.ts';
import { benchDatabase, type BenchDatabase } from './bench-database.ts';
import { shop } from './delivered-shop.ts';
import { observeShop } from './observe-shop.ts';
import { isEdited, liveTexts, recordedPairs } from './realistic-pairs.ts';
import { ToldCluster } from './told-cluster.ts';

/** The first ones find nothing compiled, which a server is past after seconds. */
const unmeasured = 100;
const samples = 500;

/** From a watch's event to the difference in the database, and what is kept for each object: the observer as a server has it, on a real database. */
export async function eventBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const count of quick ? [1000] : [1000, 10_000, 100_000]) {
    await using database = await benchDatabase();
    measurements.push(...(await observeEdits(database, count)));
  }
  return measurements;
}

async function observeEdits(database: BenchDatabase, count: number): Promise<readonly Measurement[]> {
  const clock = systemClock();
  const cluster = new ToldCluster(clock);
  const pairOf = recordedPairs();
  const commits = new Commits();
  const store = database.store(commits.happened);
  const before = heapBytes();
  const observers = await observeShop({
    database,
    store,
    clock,
    cluster: cluster.port,
    desired: Array.from({ length: count }, (_, index) => pairOf(index).desired),
  });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => observers.stop());
  await observers.tick();
  await cluster.list(liveTexts(count));
  const edited = Array.from({ length: count }, (_, index) => index).filter(isEdited).length;
  while ((await openOf(store)) < edited) await commits.next();
  const kept = (heapBytes() - before) / count;

  const times = await editOneByOne(cluster, commits, (sample) => pairOf(Math.floor((sample * count) / (unmeasured + samples))).live);
  const found = (await openOf(store)) - edited;
  if (found !== unmeasured + samples) throw new Error(`${String(found)} of ${String(unmeasured + samples)} edits were stored`);
  return [
    { name: 'kept', at: count, value: kept, unit: 'bytes/object', bar: '≤ 12288' },
    { name: 'event to stored, p50', at: count, value: quantile(times, 0.5), unit: 'ms' },
    { name: 'event to stored, p99', at: count, value: quantile(times, 0.99), unit: 'ms', bar: '≤ 50' },
  ];
}

async function openOf(store: Store): Promise<number> {
  return (await store.read((reader) => reader.drift.open(shop.environment))).length;
}

async function editOneByOne(cluster: ToldCluster, commits: Commits, liveOf: (sample: number) => object): Promise<readonly number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < unmeasured + samples; sample += 1) {
    const text = JSON.stringify(liveOf(sample)).replace('"metadata":{', `"metadata":{"finalizers":["example.com/edit-${String(sample)}"],`);
    await setImmediate();
    const stored = commits.next();
    const began = performance.now();
    cluster.apply(text);
    await stored;
    times.push(performance.now() - began);
  }
  return times.slice(unmeasured);
}

/** The next transaction that is through. */
class Commits {
  readonly #waiting: (() => void)[] = [];

  readonly happened = (): void => {
    for (const go of this.#waiting.splice(0)) go();
  };

  next(): Promise<void> {
    return new Promise((go) => this.#waiting.push(go));
  }
}
