import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { systemClock } from '@fairlead/adapters/clock';
import type { Cluster, DriftObservers, Store } from '@fairlead/engine';
import { z } from 'zod';
import { benchDatabase } from '../drift/bench-database.ts';
import { shop } from '../drift/delivered-shop.ts';
import { observeShop } from '../drift/observe-shop.ts';
import { heapBytes } from '../heap-bytes.ts';
import type { Measurement } from '../measurement.ts';
import { stockedObjects, type Stock } from './stocked-server.ts';

/** As a server does. */
const tickMs = 5_000;

/** A drift observer on a cluster's API over HTTP and a real database: from start to in sync, and what it costs to do nothing afterwards. */
export async function observerBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const stock = { objects: quick ? 2_000 : 10_000, namespaces: 20 };
  const server = new Worker(new URL('stocked-server.ts', import.meta.url), { workerData: stock });
  try {
    const [kubeconfig] = z.tuple([z.string()]).parse(await once(server, 'message'));
    return await observe(kubeconfig, stock, { idleMs: quick ? 10_000 : 60_000 });
  } finally {
    await server.terminate();
  }
}

async function observe(kubeconfig: string, stock: Stock, { idleMs }: { readonly idleMs: number }): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await benchDatabase());
  const store = database.store();
  const at = stock.objects;
  const before = heapBytes();
  const desired = stockedObjects(stock);
  const asked = { database, store, clock: systemClock(), cluster: atItsName(kubeconfig), desired };
  const observers = await observeShop(asked);
  stack.defer(() => observers.stop());

  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  await observers.tick();
  while ((await seenOf(store)) < at) await pause(10);
  const [ms, cpuMs] = [performance.now() - began, cpuMsSince(cpu)];
  const kept = (heapBytes() - before) / at;
  const idle = await idleFor(observers, idleMs);
  return [
    { name: 'start to in sync', at, value: ms / 1000, unit: 's', bar: '≤ 10' },
    { name: 'start to in sync', at, value: cpuMs / 1000, unit: 's of CPU' },
    { name: 'idle', at, value: idle * 100, unit: '% of a core', bar: '≤ 1' },
    { name: 'kept', at, value: kept, unit: 'bytes/object', bar: '≤ 12288' },
  ];
}

/** Its own kinds are all that it has to read beforehand. */
function atItsName(kubeconfig: string): Cluster {
  const clusters = kubernetesClusters({ clusters: [{ name: 'bench', kubeconfig: { kind: 'text', text: kubeconfig } }] });
  return { ...clusters, resolveDestination: () => Promise.resolve({ kind: 'resolved', cluster: 'bench' }) };
}

/** Of how many objects the database has a verdict. */
async function seenOf(store: Store): Promise<number> {
  const observed = await store.read((reader) => reader.drift.observations(shop.environment));
  return observed.reduce((sum, { observation: { complete, objects } }) => sum + (complete ? objects : 0), 0);
}

/** Part of a core. Leases are renewed, and the controller is asked again, as in a server. */
async function idleFor(observers: DriftObservers, ms: number): Promise<number> {
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  for (let next = began + tickMs; next <= began + ms; next += tickMs) {
    await pause(next - performance.now());
    await observers.tick();
  }
  return cpuMsSince(cpu) / (performance.now() - began);
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
