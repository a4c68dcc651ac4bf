import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';

let home: string;
let repository: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-first-')));
  repository = join(home, 'shop');
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch', 'main');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Ended> => fairlead(words, { home, cwd: repository });

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...who, ...args], { cwd: repository, env, encoding: 'utf8' });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
}

const image = 'registry.example.com/shop/web';
const digest = `sha256:${'a'.repeat(64)}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ${image}:1.0
`;

/** As thousands of teams have it: a base, overlays, tags, and no word of Fairlead. */
const plain = {
  'deploy/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
  'deploy/base/deployment.yaml': deployment,
  'deploy/overlays/dev/kustomization.yaml': 'namespace: shop-dev\nresources:\n  - ../../base\n',
  'deploy/overlays/prod/kustomization.yaml': `# asked for by finance\nnamespace: shop-prod\nresources:\n  - ../../base\nimages:\n  - name: ${image}\n    newTag: "1.0"\n`,
};

const said = ({ stdout, stderr }: Ended): string => stdout + stderr;
const release = ['release', 'create', '--offline', '--version', '1.1', '--component', `web=${digest}`, '--out', 'release.yaml'];

describe('a repository that knows nothing of Fairlead', () => {
  it('is checked, compared, initialised and given a release', async () => {
    write(plain);
    commit();
    git('remote', 'add', 'origin', 'https://git.example.com/acme/shop.git');

    const checked = await run('check');
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain('image-not-pinned');
    expect(checked.stdout).toMatch(/no release reference/);

    write({ 'deploy/base/deployment.yaml': deployment.replace('replicas: 1', 'replicas: 2') });
    const diff = await run('diff');
    expect(diff.code).toBe(1);
    expect(diff.stdout).toContain('/spec/replicas: 1 → 2');
    commit();

    const initialised = await run('init', '--yes');
    expect(initialised.code).toBe(0);
    expect(initialised.stdout).toContain('prod  production  deploy/overlays/prod  after dev');
    expect(initialised.stdout).toContain('wrote 7 files to .fairlead; nothing else was changed');
    expect(git('status', '--short')).toBe('?? .fairlead/\n');
    const declared = await run('check', '-o', 'json');
    expect(declared.stdout).not.toContain('"document-');

    expect((await run(...release)).code).toBe(0);
    const promoted = await run('promote', 'shop', '--offline', '--release', 'release.yaml', '--to', 'prod', '--write');
    expect([promoted.code, promoted.stderr]).toEqual([0, expect.stringContaining('changed 3 files')]);
    expect(promoted.stdout).toContain('## promote shop 1.1 to prod');
    expect(readFileSync(join(repository, 'deploy/overlays/prod/kustomization.yaml'), 'utf8')).toBe(
      plain['deploy/overlays/prod/kustomization.yaml'].replace('newTag: "1.0"', `digest: "${digest}"`),
    );

    const again = await run('promote', 'shop', '--offline', '--release', 'release.yaml', '--to', 'prod', '--write');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('there is nothing to change')]);
  }, 120_000);
});

describe('fairlead init', () => {
  it('asks before it writes, and writes nothing where nobody answers', async () => {
    write(plain);

    const { code, stdout, stderr } = await run('init');

    expect([code, stderr]).toEqual([2, expect.stringContaining('add --yes')]);
    expect(stdout).toContain('── .fairlead/service.yaml\n# yaml-language-server: $schema=');
    expect(git('status', '--short')).toBe('?? deploy/\n');
  });

  it('says of an initialised repository what is missing, and overwrites nothing', async () => {
    write(plain);
    await run('init', '--yes', '--environment', 'deploy/overlays/dev');
    const service = readFileSync(join(repository, '.fairlead/service.yaml'), 'utf8');
    rmSync(join(repository, '.fairlead/controls.yaml'));

    const again = await run('init', '--yes');

    expect(again.stdout).toContain('not declared: deploy/overlays/prod');
    expect(again.stdout).toContain('wrote 1 file to .fairlead');
    expect(readFileSync(join(repository, '.fairlead/service.yaml'), 'utf8')).toBe(service);
    expect((await run('init')).stdout).toContain('nothing was written');
  });

  it('declares each service of a monorepo where it lies', async () => {
    const under = (folder: string): Record<string, string> =>
      Object.fromEntries(Object.entries(plain).map(([path, text]) => [`${folder}/${path}`, text]));
    write({ ...under('apps/shop'), ...under('apps/search') });
    commit();

    expect((await run('init', '--yes')).stdout).toContain('apps/search/.fairlead, apps/shop/.fairlead');
    await run('release', 'create', '--from-service', 'apps/search/.fairlead/service.yaml', ...release.slice(2));
    const promoted = await run('promote', 'search', '--offline', '--release', 'release.yaml', '--to', 'dev', '--write');

    expect(said(promoted)).toContain('apps/search/releases/search/sha256-');
    expect(git('status', '--short', 'apps/shop')).toBe('?? apps/shop/.fairlead/\n');
  });

  it('leaves a register of controls, and adoption says what is missing', async () => {
    write({ 'deploy/overlays/dev/kustomization.yaml': 'resources: []\n' });
    commit();
    await run('init', '--yes', '--owner', 'ada');
    const evidence = {
      kind: 'AdoptionEvidence',
      type: 'live-digests',
      environment: 'shop/dev',
      at: new Date().toISOString(),
      verdict: 'passed',
    };
    write({ 'evidence/today.json': JSON.stringify(evidence) });

    const [controls, adoption] = [await run('control', 'list', '-o', 'name'), await run('adoption', 'status', '--offline')];

    expect(controls.stdout.trim().split('\n')).toHaveLength(7);
    expect(adoption.code).toBe(1);
    expect(adoption.stdout).toContain('missing: 1 of 10 comparisons are there');
    expect(adoption.stdout).toContain('✓ no secret stands in the files');
  });

  it.each([
    ['has no overlay', {}, 'no kustomization is in'],
    ['has but one at its top', { 'kustomization.yaml': 'resources: []\n' }, 'move it to a folder such as environments/dev'],
  ])('says what to do where a repository %s', async (_, files, words) => {
    write(files);

    const ended = await run('init');

    expect([ended.code, ended.stderr]).toEqual([4, expect.stringContaining(words)]);
  });

  it('wants a repository', async () => {
    const ended = await fairlead(['init'], { home, cwd: home });

    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('git init')]);
  });
});

describe('fairlead promote --offline', () => {
  async function initialised(): Promise<void> {
    write(plain);
    commit();
    git('remote', 'add', 'origin', 'https://git.example.com/acme/shop.git');
    await run('init', '--yes');
    commit();
    await run(...release);
  }
  const promote = (...words: readonly string[]): Promise<Ended> =>
    run('promote', 'shop', '--offline', '--release', 'release.yaml', '--to', 'dev', ...words);

  it('writes over nothing that a person is changing', async () => {
    await initialised();
    const overlay = 'deploy/overlays/dev/kustomization.yaml';
    write({ [overlay]: `${plain[overlay]}# in the middle of something\n` });

    const { code, stderr } = await promote('--write');

    expect([code, stderr]).toEqual([5, expect.stringContaining(`not committed in ${overlay}`)]);
    expect(git('status', '--short')).toBe(` M ${overlay}\n?? release.yaml\n`);
  });

  it('makes the same change by a patch and by a branch, which it never makes twice', async () => {
    await initialised();
    const bare = join(home, 'origin.git');
    git('init', '--quiet', '--bare', bare);
    git('remote', 'set-url', 'origin', bare);
    git('push', '--quiet', 'origin', 'main');

    expect((await promote('--patch', 'change.patch')).code).toBe(0);
    const [first, second] = [await promote('--push'), await promote('--push')];
    const [branch = ''] = /fairlead\/shop\/dev\/p-\w{26}/.exec(first.stderr) ?? [];
    expect([first.code, second.code, second.stderr]).toEqual([0, 0, expect.stringContaining('nothing was pushed')]);

    git('fetch', '--quiet', 'origin');
    git('-c', 'core.hooksPath=/dev/null', 'am', '--quiet', 'change.patch');
    expect(git('rev-parse', 'HEAD^{tree}')).toBe(git('rev-parse', `origin/${branch}^{tree}`));
    expect(git('log', '-1', '--format=%an %s', `origin/${branch}`)).toBe('Fairlead promote shop 1.1 to dev\n');
  });

  it('refuses with the blocker where the release was built of a commit that is nowhere', async () => {
    await initialised();
    const file = join(repository, 'release.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/commit: [0-9a-f]{40}/, `commit: ${'1'.repeat(40)}`));

    const { code, stdout, stderr } = await promote('--write', '-o', 'json');

    expect([code, stdout]).toEqual([5, '']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'promotion-blocked', blockers: [{ code: 'release-source' }] });
    expect(git('status', '--short')).toBe('?? release.yaml\n');
  });
});
