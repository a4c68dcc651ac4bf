import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DriftReport } from '@fairlead/domain';
import { scanDrift, watchDrift } from '@fairlead/engine';
import { z } from 'zod';
import { quantile, type Measurement } from '../measurement.ts';
import { editConfigMap, editedCluster, objectsFile, type EditedCluster } from './edited-cluster.ts';
import { namesIn, renderedScan, type RenderedScan } from './rendered-scan.ts';
import { runProgram } from './run-program.ts';

const fairlead = new URL('../../apps/cli/bin/fairlead.js', import.meta.url).pathname;
const scanProcess = new URL('scan-process.ts', import.meta.url).pathname;

/** The same objects on the same API server, edited alike, for `kubectl diff` and for us; everybody must find just what was edited. */
export async function kubectlBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  if (!existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url))) throw new Error('the command line is not built: npm run build');
  const measurements: Measurement[] = [];
  for (const count of quick ? [100] : [200, 1000]) {
    await using world = await editedCluster(count);
    const scan = await renderedScan(world.cluster.kubeconfigPath, world.folder, objectsFile);
    measurements.push(...(await sideBySide(world, scan, quick ? 1 : 3)), ...(await untilTold(world, scan)));
  }
  return measurements;
}

async function sideBySide(
  { cluster, folder, edited, desired }: EditedCluster,
  scan: RenderedScan,
  rounds: number,
): Promise<readonly Measurement[]> {
  const kubeconfig = cluster.kubeconfigPath;
  const kubectl = async (...options: readonly string[]): Promise<void> => {
    const args = ['--kubeconfig', kubeconfig, 'diff', ...options, '-f', objectsFile];
    const said = await runProgram(cluster.kubectl, args, { cwd: folder, code: 1 });
    requireFound(edited, new Set([...said.matchAll(/^diff .*[.]shop[.](\S+)$/gm)].map(([, name = '']) => name)));
  };
  const whole = async (): Promise<void> => {
    const said = await runProgram(process.execPath, [scanProcess, kubeconfig, folder, objectsFile], {
      cwd: folder,
      code: 0,
      // As the command line does it.
      env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    requireFound(edited, new Set(z.array(z.string()).parse(JSON.parse(said))));
  };
  const rendering = async (): Promise<void> => {
    const args = [fairlead, 'drift', 'scan', '--kubeconfig', kubeconfig, '-o', 'json'];
    const said = await runProgram(process.execPath, args, { cwd: folder, code: 1 });
    requireFound(edited, namesIn(z.object({ items: z.array(DriftReport) }).parse(JSON.parse(said)).items));
  };
  const running = async (): Promise<void> => {
    const scanned = await scanDrift(scan.ports, scan.request);
    if (scanned.kind !== 'scanned') throw new Error(scanned.message);
    requireFound(edited, namesIn(scanned.reports));
  };

  const at = desired.length;
  const peer = await best(rounds, () => kubectl());
  const faster = await best(rounds, () => kubectl('--concurrency=8'));
  const ours = [
    { name: 'list and compare, in a running process', value: await best(rounds, running), bar: '≥ 50' },
    { name: 'list and compare, whole process', value: await best(rounds, whole) },
    { name: 'drift scan, whole process, renders', value: await best(rounds, rendering) },
  ];
  return [
    { name: 'kubectl diff', at, value: peer, unit: 's' },
    { name: 'kubectl diff --concurrency=8', at, value: faster, unit: 's' },
    ...ours.flatMap(({ name, value, bar }) => [
      { name, at, value, unit: 's' },
      { name: '  kubectl diff takes', at, value: peer / value, unit: 'times as long', ...(bar === undefined ? {} : { bar }) },
    ]),
  ];
}

function requireFound(edited: readonly string[], found: ReadonlySet<string>): void {
  if (edited.length === found.size && edited.every((name) => found.has(name))) return;
  throw new Error(`edited: ${edited.join(', ')}; found: ${[...found].join(', ')}`);
}

async function best(rounds: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await work();
    times.push((performance.now() - began) / 1000);
  }
  return Math.min(...times);
}

/** From the request by which somebody edits an object, over the server's watch, to the difference with its name. */
async function untilTold(
  { cluster, desired, untouched }: EditedCluster,
  { ports, request, place }: RenderedScan,
): Promise<readonly Measurement[]> {
  const told = new Map<string, number>();
  let heard = (): void => undefined;
  const watched = await watchDrift(ports, { request, place }, ({ changes }) => {
    for (const { object } of changes.opened) told.set(object.name, performance.now());
    heard();
  });
  if (watched.kind !== 'watching') throw new Error(watched.message);
  const isTold = async (name: string): Promise<void> => {
    while (!told.has(name)) await new Promise<void>((resolve) => (heard = resolve));
  };
  const times: number[] = [];
  for (const name of untouched.slice(0, 100)) {
    const began = performance.now();
    await editConfigMap(cluster, name);
    await isTold(name);
    times.push((told.get(name) ?? Number.NaN) - began);
  }
  await watched.watching.stop();
  const at = desired.length;
  return [
    { name: 'edit to told, p50', at, value: quantile(times, 0.5), unit: 'ms' },
    { name: 'edit to told, p99', at, value: quantile(times, 0.99), unit: 'ms' },
  ];
}
