import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clusterHand, startExampleWorld, type ClusterHand, type ExampleWorld } from '@fairlead/sandbox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { exitOf, fairlead, spawnFairlead, type Ended } from './world/fairlead-program.ts';
import { example, history } from './world/paths.ts';
import { temporaryHome, type Home } from './world/stand.ts';

const git = promisify(execFile);
const dev = 'dev-control-rke2';
const patiently = { timeout: 45_000, interval: 100 };
const applications = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
let home: Home;
let world: ExampleWorld;
let hand: ClusterHand;
let checkout: string;

/** A team that has Argo CD and a repository, and nothing of Fairlead but the program. */
beforeAll(async () => {
  home = await temporaryHome();
  world = await startExampleWorld({ folder: join(home.path, 'world'), example, history });
  hand = await clusterHand(world.kubeconfigPath);
  checkout = join(home.path, 'checkout');
  // Not synchronously: the repository's server runs in this process.
  await git('git', ['clone', '--quiet', world.repositoryUrl, checkout]);
  const revision = (await git('git', ['rev-parse', 'HEAD'], { cwd: checkout })).stdout.trim();
  await hand.patch(`${applications}/platform-control-${dev}`, { operation: { sync: { revision, syncStrategy: { hook: {} } } } });
  await vi.waitUntil(async () => Synced.safeParse(await world.target(dev)).success, patiently);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const Synced = z.object({
  status: z.object({ sync: z.object({ status: z.literal('Synced') }), health: z.object({ status: z.literal('Healthy') }) }),
});

function run(...words: readonly string[]): Promise<Ended> {
  return fairlead([...words, checkout, '-e', dev, '--kubeconfig', world.kubeconfigPath], { home: home.path });
}

it('finds nothing on a clean cluster, and one edit by hand with who made it', async () => {
  const clean = await run('drift', 'scan');
  expect([clean.code, clean.stdout]).toEqual([0, expect.stringContaining('no drift in')]);
  expect(clean.stderr).toMatch(/compared with commit [0-9a-f]{12}, which is delivered\n$/);

  const baseline = join(home.path, 'baseline.json');
  await hand.patch('/apis/apps/v1/namespaces/pc-dev/deployments/api', {
    spec: { template: { spec: { containers: [{ name: 'debug', image: 'registry.example.com/debug:1' }] } } },
  });
  const edited = await run('drift', 'scan');
  const json = await run('drift', 'scan', '-o', 'json');
  writeFileSync(baseline, json.stdout);
  const compared = await run('drift', 'compare', '--baseline', baseline);

  expect(edited.code).toBe(1);
  expect(edited.stdout).toMatch(
    /Deployment pc-dev\/api\n +image +added-field +\/spec\/template\/spec\/containers\/\[name=debug\].* by \S+ +no later than \d{4}-/,
  );
  expect([compared.code, compared.stdout]).toEqual([0, expect.stringMatching(/agrees: all [1-9]\d* of the baseline are found/)]);
});

it('asks the API server, where it is told to, and writes nothing', async () => {
  const edited = '/api/v1/namespaces/pc-dev/services/api';
  await hand.patch(edited, { spec: { ports: [{ port: 80, targetPort: 8081 }] } });
  const before = Versioned.parse(await hand.get(edited)).metadata.resourceVersion;

  const { code, stdout } = await run('drift', 'scan', '--confirm');

  expect(code).toBe(1);
  expect(stdout).toMatch(/changed +\/spec\/ports\/\S+targetPort: .* confirmed by the API server/);
  expect(stdout).toMatch(/added-field +\/spec\/template\/spec\/containers\/\[name=debug\](?!.*confirmed)/);
  expect(Versioned.parse(await hand.get(edited)).metadata.resourceVersion).toBe(before);
});

const Versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

it('says which item of a baseline it does not find', async () => {
  const baseline = join(home.path, 'theirs.json');
  writeFileSync(baseline, JSON.stringify([{ object: { group: '', kind: 'ConfigMap', namespace: 'pc-dev', name: 'elsewhere' } }]));

  const { code, stdout } = await run('drift', 'compare', '--baseline', baseline);

  expect([code, stdout]).toEqual([1, expect.stringContaining('missing   ConfigMap pc-dev/elsewhere')]);
});

it('tells of a difference as it comes, and as it goes', async () => {
  const words = ['drift', 'watch', '-o', 'jsonl', '--owned', 'pc-dev', checkout, '-e', dev, '--kubeconfig', world.kubeconfigPath];
  const child = spawnFairlead(words, { home: home.path });
  const ended = exitOf(child);
  let told = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const says = (what: string): boolean => linesOf(told).some(({ what: said, item }) => said === what && item.object.name === 'passing');

  await hand.create('/api/v1/namespaces/pc-dev/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'passing' } });
  await vi.waitUntil(() => says('opened'), patiently);
  await hand.remove('/api/v1/namespaces/pc-dev/configmaps/passing');
  await vi.waitUntil(() => says('resolved'), patiently);
  child.kill('SIGINT');

  expect(await ended).toBe(130);
});

it('tells of a difference as it comes, and ends by what is open', async () => {
  const watched = run('drift', 'watch', '-o', 'jsonl', '--owned', 'pc-dev', '--timeout', '12s');
  await hand.create('/api/v1/namespaces/pc-dev/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign' } });

  const { code, stdout } = await watched;

  expect(linesOf(stdout)).toContainEqual({ what: 'opened', item: { class: 'extra', object: { kind: 'ConfigMap', name: 'foreign' } } });
  expect(code).toBe(1);
});

/** The whole ones. */
function linesOf(stdout: string): readonly z.infer<typeof Told>[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => Told.parse(JSON.parse(line)));
}

const Told = z.object({
  what: z.string(),
  item: z.object({ class: z.string(), object: z.object({ kind: z.string(), name: z.string() }) }),
});

it('captures the release that runs', async () => {
  const { code, stdout } = await run('release', 'capture', '--ref', 'refs/heads/main');

  expect(code).toBe(0);
  expect(stdout).toContain('captured: true');
  expect(stdout.match(/digest: sha256:[0-9a-f]{64}\n/g)).toHaveLength(5);
});

it('ignores what the controller is told to ignore, counts it, and says what of that it can not follow', async () => {
  const containers = '/spec/template/spec/containers';
  const ignoreDifferences = [
    { group: 'apps', kind: 'Deployment', jsonPointers: [containers] },
    { group: '', kind: 'ConfigMap', jqPathExpressions: ['.data | keys'] },
  ];
  await hand.patch(`${applications}/platform-control-${dev}`, { spec: { ignoreDifferences } });

  const { stdout, stderr } = await run('drift', 'scan', '-o', 'json');

  const [report] = Reports.parse(JSON.parse(stdout)).items;
  const items = report?.items.filter(({ path }) => path.startsWith(containers)) ?? [];
  expect(new Set(items.map(({ ignoredBy }) => ignoredBy))).toEqual(new Set(['argocd ignoreDifferences[0]']));
  expect(stderr).toContain('argocd ignoreDifferences[1] is not followed: jq expression .data | keys is not supported');
});

const Reports = z.object({
  items: z.array(z.object({ items: z.array(z.object({ path: z.string(), ignoredBy: z.string().optional() })) })),
});

it('says that a cluster can not be reached, and does not call that clean', async () => {
  const kubeconfig = join(home.path, 'nowhere.yaml');
  writeFileSync(kubeconfig, JSON.stringify(nowhere));

  const { code, stderr } = await fairlead(['drift', 'scan', checkout, '-e', dev, '--kubeconfig', kubeconfig], { home: home.path });

  expect([code, stderr]).toEqual([7, expect.stringContaining('(kubernetes-unreachable)')]);
});

const nowhere = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'x', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'x', user: { token: 'x' } }],
  contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
  'current-context': 'x',
};
