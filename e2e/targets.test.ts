import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clusterHand, startExampleWorld, startKubernetes, type ClusterHand, type ExampleWorld } from '@fairlead/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { fairlead, type Ended } from './world/fairlead-program.ts';
import { example, history } from './world/paths.ts';
import { temporaryHome, type Home } from './world/stand.ts';

const git = promisify(execFile);
const dev = 'dev-control-rke2';
let home: Home;
let world: ExampleWorld;
let hand: ClusterHand;
let checkout: string;

beforeAll(async () => {
  home = await temporaryHome();
  world = await startExampleWorld({ folder: join(home.path, 'world'), example, history });
  hand = await clusterHand(world.kubeconfigPath);
  checkout = join(home.path, 'checkout');
  await git('git', ['clone', '--quiet', world.repositoryUrl, checkout]);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const Targets = z.object({
  items: z.array(
    z.object({ controller: z.string(), name: z.string(), declared: z.string(), source: z.object({ path: z.string() }).optional() }),
  ),
});
const Diagnoses = z.object({ items: z.array(z.object({ name: z.string(), status: z.string() })) });

function targets(...words: readonly string[]): Promise<Ended> {
  return fairlead(['environment', 'targets', checkout, '-e', dev, '--kubeconfig', world.kubeconfigPath, ...words], { home: home.path });
}

function listed({ stdout }: Ended): readonly (readonly string[])[] {
  return Targets.parse(JSON.parse(stdout)).items.map(({ controller, name, declared, source }) => {
    return [controller, name, declared, source === undefined ? 'absent' : 'there'];
  });
}

it('names what delivers an environment, without a server', async () => {
  const ended = await targets('-o', 'json');

  expect(listed(ended)).toEqual([['argocd', `platform-control-${dev}`, 'yes', 'there']]);
  expect(ended.code).toBe(0);
  expect((await targets()).stdout).toMatch(/Application +argocd\/platform-control-\S+ +yes .* when asked/);
});

it('says no where somebody else delivers the folder, too, by whatever controller', async () => {
  const metadata = { name: 'second', namespace: 'flux-system' };
  const [first] = Targets.parse(JSON.parse((await targets('-o', 'json')).stdout)).items;
  await hand.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: metadata.namespace } });
  await hand.create('/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories', {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata,
    spec: { url: world.repositoryUrl, ref: { branch: 'main' }, interval: '1m' },
  });
  await hand.create('/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations', {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata,
    spec: { path: `./${first?.source?.path ?? ''}`, sourceRef: { kind: 'GitRepository', name: 'second' }, interval: '1m', prune: true },
  });

  const ended = await targets('-o', 'json');

  expect(listed(ended)).toEqual([
    ['argocd', `platform-control-${dev}`, 'yes', 'there'],
    ['flux', 'second', 'no', 'there'],
  ]);
  expect(ended.code).toBe(1);
});

it('says that a declared target is not in the cluster', async () => {
  await using elsewhere = await startKubernetes();
  const kubeconfig = join(home.path, 'elsewhere');
  writeFileSync(kubeconfig, elsewhere.kubeconfig());

  const ended = await targets('--kubeconfig', kubeconfig, '-o', 'json');

  expect(listed(ended)).toEqual([['argocd', `platform-control-${dev}`, 'yes', 'absent']]);
  expect(ended.code).toBe(1);
});

it('fairlead doctor looks at each of several clusters, and one that is down hides none', async () => {
  const gone = join(home.path, 'gone');
  const west = join(home.path, 'west');
  copyFileSync(world.kubeconfigPath, west);
  await using down = await startKubernetes();
  writeFileSync(gone, down.kubeconfig().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));

  const words = ['doctor', '--kubeconfig', `east=${gone}`, '--kubeconfig', west];
  const { code, stdout } = await fairlead([...words, '-o', 'json'], { home: home.path, cwd: checkout });
  const refused = await fairlead([...words, '--context', 'sandbox'], { home: home.path, cwd: checkout });

  const { items } = Diagnoses.parse(JSON.parse(stdout));
  expect(items.filter(({ name }) => name.startsWith('cluster of'))).toEqual([
    { name: 'cluster of east', status: 'fail' },
    { name: `cluster of ${west}`, status: 'ok' },
  ]);
  expect([code, refused.code]).toEqual([1, 2]);
});
