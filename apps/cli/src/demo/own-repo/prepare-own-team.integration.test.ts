import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git } from '@fairlead/sandbox';
import { folderState } from '@fairlead/sandbox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, type Failure } from '../../exit.ts';
import { memoryTerminal } from '../../testing/memory-terminal.ts';
import { prepareOwnTeam, type OwnTeam } from './prepare-own-team.ts';

let folder: string;
let shop: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'own-repo-')));
  shop = join(folder, 'shop');
  await write({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment('registry.example.com/web:1.4'),
    'overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamespace: shop-dev\n',
  });
  await git(['init', '--quiet', '--initial-branch=trunk', shop], folder);
  await commit();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function deployment(image: string): string {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } };
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: labels }, template },
  });
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(shop, path)), { recursive: true });
    await writeFile(join(shop, path), text);
  }
}

async function commit(): Promise<void> {
  await git(['add', '--all'], shop);
  await git(['commit', '--quiet', '-m', 'Sell things'], shop);
}

function prepare(env: string | undefined, repo = shop): Promise<OwnTeam> {
  const terminal = memoryTerminal({ cwd: folder, env: { PATH: process.env['PATH'] } });
  return prepareOwnTeam(terminal, { repo, into: join(folder, 'into'), ...(env === undefined ? {} : { env }) });
}

async function failure(env: string | undefined, repo = shop): Promise<Failure> {
  return prepare(env, repo).then(() => {
    throw new Error('it was prepared');
  }, failureOf);
}

describe('prepareOwnTeam', () => {
  it('describes an overlay as a service with one environment and a release of its images', async () => {
    const { service, release, workload, world, declared } = await prepare('overlays/dev');

    expect([service.name, service.environment, service.path, declared]).toEqual(['shop', 'dev', 'overlays/dev', false]);
    expect(release.manifest).toContain('repository: registry.example.com/web');
    expect(workload).toEqual({ kind: 'Deployment', namespace: 'shop-dev', name: 'web', containers: ['web'] });
    expect(world.application).toEqual({ name: 'shop-dev', namespace: 'argocd', path: 'overlays/dev', destination: 'shop-dev' });
    expect(await git(['ls-tree', '-r', '--name-only', 'main'], world.repository.folder)).toBe(
      [
        '.fairlead/environments/dev.yaml',
        '.fairlead/profiles/dev.yaml',
        '.fairlead/service.yaml',
        '.fairlead/validations/live-images.yaml',
        'base/kustomization.yaml',
        'base/web.yaml',
        'overlays/dev/kustomization.yaml',
      ].join('\n'),
    );
  });

  it('goes by the commit, names what is not committed, and leaves everything as it is', async () => {
    await write({ 'base/web.yaml': deployment('registry.example.com/web:2.0'), 'new.yaml': '{}' });
    const before = await folderState(shop);

    const { own, release } = await prepare('overlays/dev');

    expect(own.notCommitted).toEqual(['base/web.yaml', 'new.yaml']);
    expect(own.branch).toBe('trunk');
    expect(release.manifest).not.toContain('2.0');
    expect(await folderState(shop)).toEqual(before);
  });

  it.each([
    ['a bare repository', ['clone', '--quiet', '--bare', 'shop', 'other'], 'other'],
    ['a clone without history', ['clone', '--quiet', '--depth=1', '--no-local', 'shop', 'other'], 'other'],
    ['another work tree', ['-C', 'shop', 'worktree', 'add', '--quiet', '--detach', '../other'], 'other'],
    ['a clone that borrows its objects', ['clone', '--quiet', '--shared', 'shop', 'other'], 'other'],
  ])('works with %s', async (_, args, repo) => {
    await git(args, folder);

    expect((await prepare('overlays/dev', repo)).objects.length).toBe(1);
  });

  it('works with a partial clone that holds what the overlay reads, and names what it lacks', async () => {
    await write({ 'docs/one.md': 'first', 'docs/two words.md': 'second' });
    await commit();
    await git(['config', 'uploadpack.allowFilter', 'true'], shop);
    await git(['clone', '--quiet', '--filter=blob:none', '--sparse', `file://${shop}`, 'partial'], folder);
    await git(['sparse-checkout', 'set', '--skip-checks', 'base', 'overlays'], join(folder, 'partial'));
    const before = await folderState(join(folder, 'partial'));

    const { absent, objects } = await prepare('overlays/dev', 'partial');

    expect(absent).toEqual(['docs/one.md', 'docs/two words.md']);
    expect(objects.length).toBe(1);
    expect(await folderState(join(folder, 'partial'))).toEqual(before);
  });

  it('names the overlay from a folder of the repository', async () => {
    expect((await prepare('dev', 'shop/overlays')).service.path).toBe('overlays/dev');
    await rm(join(folder, 'into'), { recursive: true });
    expect((await prepare('../base/kustomization.yaml', 'shop/overlays')).service.path).toBe('base');
  });

  it('puts a repository whose top is the overlay into a folder: an environment has a path', async () => {
    await write({ 'kustomization.yaml': 'resources: [overlays/dev]\n' });
    await commit();

    const { service, objects } = await prepare('.');

    expect([service.path, service.environment, objects.length]).toEqual(['overlay', 'overlay', 1]);
  });

  it('goes by the service root that there is', async () => {
    const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
    const targets = '[{ cluster: eu, namespace: argocd, application: store-eu }]';
    const components = '[{ name: frontend, image: registry.example.com/web }]';
    await write({
      '.fairlead/service.yaml': `${head('Service', 'store')}spec: { repository: https://git.example.com/store, source: { refs: [refs/heads/x] }, environments: [eu], components: ${components} }\n`,
      '.fairlead/environments/eu.yaml': `${head('Environment', 'eu')}spec: { tier: production, path: overlays/dev, profile: eu, delivery: { controller: argocd, targets: ${targets} } }\n`,
      '.fairlead/profiles/eu.yaml': `${head('Profile', 'eu')}spec: {}\n`,
      '.fairlead/policies/p.yaml': `${head('Policy', 'p')}spec: { approvals: { staging: { count: 7 } }, syncTimeout: 3m }\n`,
    });
    await commit();

    const { service, declared, world } = await prepare('overlays/dev');

    expect([declared, service.name, service.environment, service.repository]).toEqual([
      true,
      'store',
      'eu',
      'https://git.example.com/store',
    ]);
    expect(service.components.map(({ name }) => name)).toEqual(['frontend']);
    const policy = await git(['show', 'main:.fairlead/policies/p.yaml'], world.repository.folder);
    expect(policy).toContain('syncTimeout: 3m');
    expect(policy).not.toContain('approvals');
  });
});

describe('prepareOwnTeam refuses', () => {
  it.each([
    { what: 'a folder under no repository', repo: '.', says: 'is in no Git repository' },
    { what: 'a file', repo: 'shop/base/web.yaml', says: 'is no folder' },
    { what: 'what is not there', repo: 'shup', says: 'there is no shup' },
    { what: 'a path that leads out', env: '../..', says: 'lies outside of' },
  ])('$what', async ({ repo = 'shop', env = 'overlays/dev', says }) => {
    const { exit, message, hint } = await failure(env, repo);

    expect([exit, message, hint]).toEqual([2, expect.stringContaining(says), expect.any(String)]);
  });

  it('a repository without a commit', async () => {
    await git(['init', '--quiet', join(folder, 'empty')], folder);

    expect(await failure('x', 'empty')).toMatchObject({ exit: 2, message: 'the repository at empty has no commit at HEAD' });
  });

  it('a repository with other object ids', async () => {
    await git(['init', '--quiet', '--object-format=sha256', join(folder, 'other')], folder);

    expect(await failure('x', 'other')).toMatchObject({ exit: 2, message: 'the repository at other has sha256 object ids' });
  });

  it('a clone that lacks folders, and asks no network for them', async () => {
    await git(['config', 'uploadpack.allowFilter', 'true'], shop);
    await git(['clone', '--quiet', '--bare', '--filter=tree:0', `file://${shop}`, 'partial'], folder);

    expect(await failure('overlays/dev', 'partial')).toMatchObject({ exit: 1, code: 'checkout-unreadable' });
  });

  it('no overlay, or one that is not committed, and says which there are', async () => {
    await write({ 'overlays/prod/kustomization.yaml': 'resources: [../../base]\n' });

    expect(await failure(undefined)).toMatchObject({ exit: 2, message: '--repo needs --env', hint: 'the commit has: overlays/dev' });
    await rm(join(folder, 'into'), { recursive: true });
    expect(await failure('overlays/dve')).toMatchObject({ exit: 4, hint: 'did you mean overlays/dev?' });
    await rm(join(folder, 'into'), { recursive: true });
    expect(await failure('overlays/prod')).toMatchObject({ exit: 4, message: '--env: no kustomization is committed in overlays/prod' });
  });

  it.each([
    ['does not render', 'resources: [nowhere.yaml]\n', 'x does not render'],
    ['has a remote base', 'resources: [github.com/example/base?ref=v1]\n', 'x does not render'],
    ['renders to nothing', 'resources: []\n', 'x renders to no object'],
  ])('an overlay that %s', async (_, kustomization, message) => {
    await write({ 'x/kustomization.yaml': kustomization });
    await commit();

    expect(await failure('x')).toMatchObject({ exit: 1, message });
  });

  it('images that no release can name', async () => {
    await write({ 'base/web.yaml': deployment('$(IMAGE)') });
    await commit();

    expect(await failure('overlays/dev')).toMatchObject({ exit: 1, details: ['image "$(IMAGE)" is no image reference'] });
  });

  it('a service root with wrong documents', async () => {
    await write({ '.fairlead/service.yaml': 'kind: Service\n' });
    await commit();

    expect(await failure('overlays/dev')).toMatchObject({ exit: 1, code: 'configuration-invalid' });
  });

  it('to follow a link out of the copy', async () => {
    const outside = join(folder, 'outside');
    await mkdir(join(outside, 'policies'), { recursive: true });
    await writeFile(join(outside, 'kustomization.yaml'), 'resources: []\n');
    await symlink(outside, join(shop, 'linked'));
    await symlink(outside, join(shop, '.fairlead'));
    await commit();
    const before = await folderState(outside);

    expect(await failure('linked')).toMatchObject({ exit: 4 });
    await rm(join(folder, 'into'), { recursive: true });
    expect((await prepare('overlays/dev')).declared).toBe(false);
    expect(await folderState(outside)).toEqual(before);
  });
});
