import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openDatabase, startEmbeddedPostgres } from '@fairlead/adapters/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from './world/api.ts';
import { startFairleadServer } from './world/fairlead-server.ts';
import { fairlead, type Ended } from './world/fairlead-program.ts';
import { releaseFile, service } from './world/paths.ts';
import { startStand, temporaryHome, type Home, type Stand } from './world/stand.ts';

let home: Home;
let data: string;
let made = 0;

beforeAll(async () => {
  home = await temporaryHome();
});
afterAll(() => home[Symbol.asyncDispose]());
beforeEach(() => {
  made += 1;
  data = join(home.path, `data-${String(made)}`);
});

const server = (...words: readonly string[]): Promise<Ended> =>
  fairlead(['server', '--data', data, '--listen', '127.0.0.1:0', ...words], { home: home.path });

const exists = async (path: string): Promise<boolean> =>
  readdir(path).then(
    () => true,
    () => false,
  );

describe('a server that is started wrongly says why in one message, and leaves nothing behind', () => {
  it('on an address that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const { code, stdout, stderr } = await fairlead(['server', '--data', data, '--listen', `127.0.0.1:${String(port)}`], {
      home: home.path,
    });
    taken.close();

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `error: 127.0.0.1:${String(port)} is in use by another program (address-in-use)\n  fix: stop it, or choose another address: --listen 127.0.0.1:0\n`,
    );
    expect(await exists(data)).toBe(false);
  });

  it.each([
    { words: ['--repository', 'env'], says: '"env" is not --repository NAME=URL' },
    { words: ['--repository', 'env=not a url'], says: 'expected a repository URL without credentials' },
    { words: ['--repository', 'env=https://me:canary@git.example.com/x'], says: 'expected a repository URL without credentials' },
    { words: ['--repository', 'a=https://x.example/y', '--repository', 'a=https://x.example/z'], says: 'repository "a" is given twice' },
    { words: ['--cluster', 'eu=/nowhere/kubeconfig'], says: 'the kubeconfig of cluster eu (file /nowhere/kubeconfig) can not be read' },
    { words: ['--allow', 'anything'], says: 'expected host:port' },
    { words: ['--branch', 'a..b', '--repository', 'a=https://x.example/y'], says: 'expected a branch name' },
    { words: ['--frobnicate'], says: "unknown option '--frobnicate'" },
  ])('with $words', async ({ words, says }) => {
    const { code, stdout, stderr } = await server(...words);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('canary');
    expect(await exists(data)).toBe(false);
  });

  it('with a kubeconfig that would run a program', async () => {
    const kubeconfig = join(home.path, 'exec.yaml');
    await writeFile(
      kubeconfig,
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'u', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'touch', args: [`${data}-ran`] } } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );

    const { code, stderr } = await server('--cluster', `eu=${kubeconfig}`);

    expect([code, stderr]).toEqual([2, expect.stringContaining('kubeconfig-runs-programs')]);
    expect(await readdir(home.path)).not.toContain(`data-${String(made)}-ran`);
  });

  it('with a repository that nobody serves', async () => {
    const { code, stderr } = await server('--repository', 'env=http://127.0.0.1:1/env.git');

    expect(code).toBe(7);
    expect(stderr).toContain("error: can't read repository env:");
    expect(stderr).toContain('fix: check its address and its credentials: --repository env=URL');
  });

  it('with a configuration file that is wrong in two places, both at once', async () => {
    const config = join(home.path, 'fairlead.yaml');
    await writeFile(config, 'apiVersion: fairlead.dev/v1\nkind: Installation\nspec:\n  listen: 7420\n  repostories: []\n');

    const { code, stderr } = await server('--config', config);

    expect(code).toBe(2);
    expect(stderr).toContain(`${config}:4:`);
    expect(stderr).toContain(`${config}:5:`);
  });

  it('with a feature that this version does not have', async () => {
    const config = join(home.path, 'github.yaml');
    const repository = '{ name: env, url: https://git.example.com/env, forge: github }';
    await writeFile(config, `apiVersion: fairlead.dev/v1\nkind: Installation\nspec:\n  repositories: [${repository}]\n`);

    const { code, stderr } = await server('--config', config);

    expect([code, stderr]).toEqual([2, expect.stringContaining('does not support repository env: forge github')]);
  });
});

describe('a data directory', () => {
  it('is used by one server at a time', async () => {
    await using first = await startFairleadServer({ home: home.path, data });
    const second = await server();
    const fsck = await fairlead(['ledger', 'fsck', '--data', data], { home: home.path });
    const health = await fetch(new URL('/readyz', first.url));

    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('data-directory-in-use')]);
    expect([fsck.code, fsck.stderr]).toEqual([2, expect.stringContaining('data-directory-in-use')]);
    expect(health.status).toBe(200);
  });

  it('of a newer version is refused as it is', async () => {
    const first = await startFairleadServer({ home: home.path, data });
    expect(await first.stop('SIGINT')).toBe(130);
    await addMigration(data);

    const { code, stderr } = await server();

    expect(code).toBe(2);
    expect(stderr).toMatch(/written by a newer Fairlead: its schema is \d+, this one knows \d+ \(data-directory-newer\)\n {2}fix: /);
  });

  it('that holds something else is left alone', async () => {
    await mkdir(join(data, 'postgres'), { recursive: true });
    await writeFile(join(data, 'postgres/thesis.txt'), 'years of work');

    const { code, stderr } = await server();

    expect([code, stderr]).toEqual([2, expect.stringContaining('data-directory-foreign')]);
    expect(await readFile(join(data, 'postgres/thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('without a ledger is no ledger without findings', async () => {
    const { code, stderr } = await fairlead(['ledger', 'fsck', '--data', data], { home: home.path });

    expect([code, stderr]).toEqual([2, expect.stringContaining('holds no ledger')]);
    expect(await exists(data)).toBe(false);
  });
});

/** As a version with one more migration would leave it. */
async function addMigration(directory: string): Promise<void> {
  await using postgres = await startEmbeddedPostgres({ dataDir: directory });
  await using database = await openDatabase({ embedded: { connection: (_role, name) => postgres.connection('owner', name) } });
  await database.pool.query(`insert into fairlead.migration (number, name) select max(number) + 1, 'later' from fairlead.migration`);
}

describe('what a running server is asked', () => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand();
  });
  afterAll(() => stand[Symbol.asyncDispose]());

  it('of a manifest with a tag and a short commit names both, with line and fix', async () => {
    const text = (await readFile(releaseFile('1.41.0'), 'utf8'))
      .replace(/^( +)digest: sha256:[0-9a-f]{64}/m, '$1tag: v1')
      .replace(/commit: [0-9a-f]{40}/, 'commit: 9f2c');
    const refused = await refusalOf(stand.admin()('registerRelease', { body: { manifest: text } }));

    expect(refused.code).toBe('document-invalid');
    expect(refused.problems.map(({ line }) => line > 0)).not.toContain(false);
    expect(refused.problems.length).toBeGreaterThanOrEqual(2);
    expect((await stand.admin()('listReleases', { query: {} })).items).toHaveLength(2);
  });

  it('of other content for a known version is refused', async () => {
    const text = (await readFile(releaseFile('1.41.0'), 'utf8')).replace('pc-schema-0186', 'pc-schema-0199');

    expect((await refusalOf(stand.admin()('registerRelease', { body: { manifest: text } }))).code).toBe('release-conflict');
  });

  it.each([
    { body: 'not json', status: 400 },
    { body: '{"service":1}', status: 400 },
    { body: JSON.stringify({ service, environment: '../prod', release: '1.41.0' }), status: 422 },
    { body: JSON.stringify({ service, environment: 'nowhere', release: '1.41.0' }), status: 404 },
    { body: JSON.stringify({ service: 'nothing', environment: 'prod', release: '1.41.0' }), status: 404 },
    { body: `{"service":"${'x'.repeat(3_000_000)}"}`, status: 413 },
  ])('by a body that makes no sense is answered with a problem and $status', async ({ body, status }) => {
    const answer = await fetch(new URL('/api/v1/promotions', stand.server().url), {
      method: 'POST',
      headers: { authorization: `Bearer ${stand.adminToken()}`, 'content-type': 'application/json' },
      body,
    });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, expect.stringContaining('application/problem+json')]);
  });

  it('for an environment in a cluster that the installation does not have is a blocker with the fix, before and at the start', async () => {
    const path = '.fairlead/environments/dev-control-rke2.yaml';
    const text = await stand.world.developer.read('main', path);
    await stand.world.developer.commit({
      branch: 'main',
      message: 'move dev',
      files: { [path]: text.replace('cluster: sandbox', 'cluster: mars') },
    });

    const refused = await refusalOf(
      stand.admin()('startPromotion', { body: { service, environment: 'dev-control-rke2', release: '1.41.0' } }),
    );
    const [status] = (await stand.admin()('listStatus', { query: { service, environment: 'dev-control-rke2' } })).items;

    expect(refused).toMatchObject({ code: 'promotion-refused', blockers: [{ gate: 'contract', code: 'cluster-unknown' }] });
    expect(status?.readiness.verdict).toBe('blocked');
    expect(status?.readiness.blockers[0]?.fix).toContain('--cluster mars=KUBECONFIG');
    expect(stand.server().log()).not.toContain('request-failed');
  });

  it('for a service whose documents are broken names the place', async () => {
    const path = '.fairlead/environments/staging.yaml';
    const text = await stand.world.developer.read('main', path);
    await stand.world.developer.commit({
      branch: 'main',
      message: 'oops',
      files: { [path]: text.replace('tier: staging', 'tier: stagging') },
    });
    const refused = await refusalOf(stand.admin()('startPromotion', { body: { service, environment: 'staging', release: '1.41.0' } }));

    expect([refused.code, refused.message]).toEqual(['configuration-invalid', expect.stringContaining(`${path}:6: `)]);
  });
});
