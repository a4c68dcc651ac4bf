import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { folderFiles } from '@fairlead/adapters/git';
import { systemClock } from '@fairlead/adapters/clock';
import { digestOf, DriftReport, EnvironmentId, type JsonObject } from '@fairlead/domain';
import { scanDrift, type ScanPorts, type ScanRequest } from '@fairlead/engine';
import { z } from 'zod';
import { must } from '../../e2e/cluster/api.ts';
import { startTestCluster, type TestCluster } from '../../e2e/cluster/start-test-cluster.ts';
import type { Measurement } from '../measurement.ts';
import { isEdited, recordedPairs } from './realistic-pairs.ts';

const fairlead = new URL('../../apps/cli/bin/fairlead.js', import.meta.url).pathname;
const namespace = 'shop';

/** The same objects on the same API server, edited alike: `kubectl diff`, the whole of `fairlead drift scan`, and its list and comparison alone. */
export async function kubectlBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  if (!existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url))) throw new Error('the command line is not built: npm run build');
  const measurements: Measurement[] = [];
  for (const count of quick ? [100] : [200, 1000]) measurements.push(...(await sideBySide(count, quick ? 1 : 3)));
  return measurements;
}

async function sideBySide(count: number, rounds: number): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(await startTestCluster());
  const folder = await mkdtemp(join(tmpdir(), 'fl-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const pairOf = recordedPairs();
  const desired = Array.from({ length: count }, (_, index) => inNamespace(pairOf(index).desired));
  await writeFile(join(folder, 'objects.yaml'), desired.map((object) => JSON.stringify(object)).join('\n---\n'));
  await writeFile(join(folder, 'kustomization.yaml'), 'resources: [objects.yaml]\n');
  await must(cluster.api('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } }));
  await tool(cluster, ['apply', '-f', 'objects.yaml'], { cwd: folder, codes: [0] });
  const edited = desired.flatMap((object, index) => (isEdited(index) ? [nameOf(object)] : []));
  for (const name of edited) await edit(cluster, name);
  await settled(cluster);

  const differs = { cwd: folder, codes: [1] };
  const kubectl = await best(1, async () => {
    const said = await tool(cluster, ['diff', '-f', 'objects.yaml'], differs);
    requireFound(edited, new Set([...said.matchAll(/^diff .*[.]shop[.](\S+)$/gm)].map(([, name = '']) => name)));
  });
  const eight = await best(1, () => tool(cluster, ['diff', '--concurrency=8', '-f', 'objects.yaml'], differs));
  const scan = await best(rounds, async () => {
    const said = await program(
      process.execPath,
      [fairlead, 'drift', 'scan', '--kubeconfig', cluster.kubeconfigPath, '-o', 'json'],
      differs,
    );
    requireFound(edited, namesIn(z.object({ items: z.array(DriftReport) }).parse(JSON.parse(said)).items));
  });
  const { ports, request } = scanOf(cluster, { folder, objects: desired });
  const alone = await best(rounds, async () => {
    const scanned = await scanDrift(ports, request);
    if (scanned.kind !== 'scanned') throw new Error(scanned.message);
    requireFound(edited, namesIn(scanned.reports));
  });
  return [
    { name: 'kubectl diff', at: count, value: kubectl, unit: 's' },
    { name: 'kubectl diff, 8 at once', at: count, value: eight, unit: 's' },
    { name: 'drift scan, whole process', at: count, value: scan, unit: 's' },
    { name: 'list and compare', at: count, value: alone, unit: 's' },
    { name: 'kubectl diff : drift scan', at: count, value: kubectl / scan, unit: 'times' },
    { name: 'kubectl diff : list and compare', at: count, value: kubectl / alone, unit: 'times', bar: '≥ 50' },
  ];
}

function inNamespace(object: JsonObject): JsonObject {
  const { namespace: _old, ...metadata } = z.record(z.string(), z.json()).parse(object['metadata']);
  return { ...object, metadata: { ...metadata, namespace } };
}

function nameOf(object: JsonObject): string {
  return z.object({ name: z.string() }).parse(object['metadata']).name;
}

/** Where both look: a value that Git has, changed in a ConfigMap. What is only added, `kubectl diff` leaves alone. */
async function edit(cluster: TestCluster, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(JSON.parse(await must(cluster.api('GET', path))));
  const [key = ''] = Object.keys(data);
  await must(cluster.api('PATCH', path, { contentType: 'application/merge-patch+json', body: { data: { [key]: 'by hand' } } }));
}

const Pods = z.object({ items: z.array(z.object({ metadata: z.object({ resourceVersion: z.string() }) })) });

/** Until the controllers have nothing left to do: their work is nobody's here. */
async function settled(cluster: TestCluster): Promise<void> {
  let [before, quiet] = ['', 0];
  while (quiet < 3) {
    await pause(1000);
    const { items } = Pods.parse(JSON.parse(await must(cluster.api('GET', `/api/v1/namespaces/${namespace}/pods`))));
    const now = items.map(({ metadata }) => metadata.resourceVersion).join(' ');
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

function scanOf(
  cluster: TestCluster,
  { folder, objects }: { readonly folder: string; readonly objects: readonly JsonObject[] },
): { readonly ports: ScanPorts; readonly request: ScanRequest } {
  const clusters = kubernetesClusters({ clusters: [{ name: 'bench', kubeconfig: { kind: 'text', text: cluster.kubeconfig } }] });
  const rendered = { kind: 'rendered', yaml: '', objects, inputs: [], versions: {}, digest: digestOf({}) } as const;
  return {
    ports: { cluster: clusters, renderer: { render: () => Promise.resolve(rendered) }, clock: systemClock(), hashSecret: () => '#' },
    request: {
      environment: EnvironmentId.parse('shop/prod'),
      path: '',
      files: folderFiles(folder),
      commit: 'working-tree',
      namespaces: [],
      ownedNamespaces: [],
      places: [{ target: 'bench', cluster: 'bench' }],
    },
  };
}

function namesIn(reports: readonly DriftReport[]): ReadonlySet<string> {
  return new Set(reports.flatMap(({ items }) => items.map(({ object }) => object.name)));
}

function requireFound(edited: readonly string[], found: ReadonlySet<string>): void {
  if (edited.length === found.size && edited.every((name) => found.has(name))) return;
  throw new Error(`edited: ${edited.join(', ')}; found: ${[...found].join(', ')}`);
}

async function best(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await work();
    times.push((performance.now() - began) / 1000);
  }
  return Math.min(...times);
}

interface Call {
  readonly cwd: string;
  readonly codes: readonly number[];
}

function tool({ kubectl, kubeconfigPath }: TestCluster, args: readonly string[], call: Call): Promise<string> {
  return program(kubectl, ['--kubeconfig', kubeconfigPath, ...args], call);
}

async function program(name: string, args: readonly string[], { cwd, codes }: Call): Promise<string> {
  const child = spawn(name, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  if (child.exitCode !== null && codes.includes(child.exitCode)) return out;
  throw new Error(`${name} ${args.join(' ')}: exit ${String(child.exitCode)}: ${complaint}`);
}
