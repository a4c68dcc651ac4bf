import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import type { LiveObject, ObjectWatch } from '@fairlead/engine';
import { z } from 'zod';
import { heapBytes } from '../heap-bytes.ts';
import type { Measurement } from '../measurement.ts';
import { namespaceNames, type Stock } from './stocked-server.ts';

/** From start to in sync, what it costs to do nothing afterwards, and what is kept: by the watch itself, and with every object beside it. */
export async function observerBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const stock = { objects: quick ? 2_000 : 10_000, namespaces: 20 };
  const server = new Worker(new URL('stocked-server.ts', import.meta.url), { workerData: stock });
  try {
    const [kubeconfig] = z.tuple([z.string()]).parse(await once(server, 'message'));
    return [...(await observe(kubeconfig, stock, { idleMs: quick ? 2_000 : 20_000 })), await keep(kubeconfig, stock)];
  } finally {
    await server.terminate();
  }
}

interface Watched {
  readonly watch: ObjectWatch;
  readonly count: number;
  readonly ms: number;
  readonly cpuMs: number;
}

async function watched(kubeconfig: string, stock: Stock, take: (live: LiveObject) => void): Promise<Watched> {
  const clusters = kubernetesClusters({ clusters: [{ name: 'bench', kubeconfig: { kind: 'text', text: kubeconfig } }] });
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  let count = 0;
  const watch = await clusters.watchObjects({ cluster: 'bench', namespaces: namespaceNames(stock) }, (event) => {
    if (event.kind !== 'applied') return;
    count += 1;
    take(event.live);
  });
  while (watch.freshAt() === undefined) await pause(1);
  const ms = performance.now() - began;
  if (count < stock.objects) throw new Error(`${String(count)} of ${String(stock.objects)} objects were told`);
  return { watch, count, ms, cpuMs: cpuMsSince(cpu) };
}

async function observe(kubeconfig: string, stock: Stock, { idleMs }: { readonly idleMs: number }): Promise<readonly Measurement[]> {
  const at = stock.objects;
  const before = heapBytes();
  const { watch, count, ms, cpuMs } = await watched(kubeconfig, stock, () => undefined);
  const kept = (heapBytes() - before) / count;
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  await pause(idleMs);
  const idle = cpuMsSince(cpu) / (performance.now() - began);
  await watch.stop();
  return [
    { name: 'start to in sync', at, value: ms / 1000, unit: 's', bar: '≤ 10' },
    { name: 'start to in sync', at, value: cpuMs / 1000, unit: 's of CPU' },
    { name: 'idle', at, value: idle * 100, unit: '% of a core', bar: '≤ 1' },
    { name: 'kept by the watch', at, value: kept, unit: 'bytes/object' },
  ];
}

/** What an index that compacts nothing would cost. */
async function keep(kubeconfig: string, stock: Stock): Promise<Measurement> {
  const before = heapBytes();
  const objects = new Map<string, LiveObject>();
  const { watch, count } = await watched(kubeconfig, stock, (live) => objects.set(live.uid, live));
  const kept = (heapBytes() - before) / count;
  await watch.stop();
  return {
    name: `kept with whole objects of ${meanKilobytes(objects)} kB`,
    at: stock.objects,
    value: kept,
    unit: 'bytes/object',
    bar: '≤ 12288',
  };
}

function meanKilobytes(objects: ReadonlyMap<string, LiveObject>): string {
  const sizes = [...objects.values()].map(({ object }) => JSON.stringify(object).length);
  return (sizes.reduce((sum, size) => sum + size, 0) / sizes.length / 1024).toFixed(1);
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
