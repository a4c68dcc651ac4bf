import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ociRegistry } from '@fairlead/adapters/registry';
import { playedRegistry, type PlayedRegistry } from '@fairlead/adapters/registry/testing';
import { pushImage } from '@fairlead/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';
import { example } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-releases-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const run = (words: readonly string[], cwd = join(home, 'example')): Promise<Ended> => fairlead(['release', ...words], { home, cwd });

function git(...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  return execFileSync('git', args, { cwd: join(home, 'example'), env, encoding: 'utf8' }).trim();
}

function write(path: string, text: string): void {
  writeFileSync(join(home, 'example', path), text);
}

function commit(): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
  return git('rev-parse', 'HEAD');
}

/** A copy of the example, committed. */
function checkout(): string {
  cpSync(example, join(home, 'example'), { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  return commit();
}

describe('fairlead release assemble', () => {
  const fragment = (name: string, component: string, version = '1.50.0'): Promise<Ended> =>
    run(['fragment', '--offline', '--version', version, '--component', component, '--out', `${name}.yaml`]);

  it('refuses fragments that disagree on a digest, and names both', async () => {
    checkout();
    await fragment('one', `api=${digest('a')}`);
    await fragment('two', `api=${digest('b')}`);

    const { code, stdout, stderr } = await run(['assemble', 'one.yaml', 'two.yaml']);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `component api differs: one.yaml says registry.example.com/platform-control/api@${digest('a')}, two.yaml says registry.example.com/platform-control/api@${digest('b')}`,
    );
  });

  it('joins what parallel builds wrote, to the same bytes in any order', async () => {
    checkout();
    writeFileSync(
      join(home, 'metadata.json'),
      JSON.stringify({ 'containerimage.digest': digest('b'), 'image.name': 'r.example.com/web:1' }),
    );
    await fragment('one', `api=${digest('a')}`);
    await run([
      'fragment',
      '--offline',
      '--version',
      '1.50.0',
      '--component-file',
      `web=${join(home, 'metadata.json')}`,
      '--out',
      'two.yaml',
    ]);

    const [one, other] = [
      await run(['assemble', 'one.yaml', 'two.yaml', '--require', 'api,web']),
      await run(['assemble', 'two.yaml', 'one.yaml']),
    ];

    expect(one).toMatchObject({ code: 0, stdout: other.stdout });
    expect(one.stdout).toContain(`repository: r.example.com/web\n      digest: ${digest('b')}`);
    write('release.yaml', one.stdout);
    expect(await run(['verify', 'release.yaml'])).toMatchObject({ code: 0, stdout: one.stderr });
    expect(await run(['diff', 'release.yaml', 'release.yaml'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('misses what is required, and what is of another build', async () => {
    checkout();
    await fragment('one', `api=${digest('a')}`);
    await fragment('two', `web=${digest('b')}`, '1.50.1');

    const { code, stderr } = await run(['assemble', 'one.yaml', 'two.yaml', '--require', 'api,gateway']);

    expect(code).toBe(1);
    expect(stderr).toContain('the version differs: one.yaml says 1.50.0, two.yaml says 1.50.1');
    expect(stderr).toContain('component gateway is required, and none of the fragments has it');
  });
});

describe('fairlead release create', () => {
  const others = ['scheduler', 'metering-worker', 'web', 'gateway'];

  async function withRegistry(use: (registry: PlayedRegistry, image: (tag: string) => string) => Promise<void>): Promise<void> {
    await using registry = await playedRegistry();
    await use(registry, (tag) => `${registry.host}/team/api:${tag}`);
  }

  const create = (image: string): Promise<Ended> =>
    run(['create', '--version', '1.50.0', ...['api', ...others].flatMap((name) => ['--component', `${name}=${image}`])]);

  it('asks the registry once what a tag names, and records the platforms', async () => {
    const head = checkout();
    await withRegistry(async (registry, image) => {
      const labels = { 'org.opencontainers.image.revision': head };
      const pushed = await pushImage(ociRegistry(), { image: image('1.50.0'), labels, platforms: ['linux/amd64', 'linux/arm64'] });

      const { code, stdout, stderr } = await create(image('1.50.0'));
      write('release.yaml', stdout);
      const verified = await run(['verify', 'release.yaml', '--registry']);

      expect({ code, stderr }).toEqual({ code: 0, stderr: verified.stdout });
      expect(stdout).toContain(`digest: ${pushed.digest}`);
      for (const found of [...Object.values(pushed.platforms), ...Object.values(pushed.configs)]) expect(stdout).toContain(found);
      expect(stdout).not.toContain(':1.50.0');
      expect(verified).toMatchObject({ code: 0, stderr: 'its 5 images are in the registry\n' });
      expect(registry.requests.some(({ method }) => method === 'GET')).toBe(true);
    });
  });

  it('refuses an image of another commit, and one that is not there', async () => {
    checkout();
    await withRegistry(async (_registry, image) => {
      await pushImage(ociRegistry(), { image: image('old'), labels: { 'org.opencontainers.image.revision': 'b'.repeat(40) } });

      const [stale, absent] = [await create(image('old')), await create(image('none'))];

      expect([stale.code, absent.code]).toEqual([1, 1]);
      expect(stale.stderr).toContain(
        `component api: its image was built from ${'b'.repeat(40)} (org.opencontainers.image.revision), the release is of`,
      );
      expect(absent.stderr).toContain(`component api: the registry has no ${image('none')}`);
    });
  });

  it('ends with 7 where no registry answers, and asks none offline', async () => {
    checkout();
    await using registry = await playedRegistry();
    const { host } = registry;
    await registry[Symbol.asyncDispose]();

    const unreachable = await create(`${host}/team/api@${digest('a')}`);
    expect(unreachable).toMatchObject({ code: 7, stdout: '' });
    expect(unreachable.stderr).toContain('with digests alone, --offline asks no registry');
    const offline = await run(['create', '--offline', '--version', '1', '--component', `api=${host}/team/api:1`]);
    expect(offline).toMatchObject({ code: 1, stdout: '' });
    expect(offline.stderr).toContain('leave --offline out to have it resolved');
  });

  it('refuses a commit that changes only environments since the last release', async () => {
    checkout();
    const words = ['create', '--offline', ...['api', ...others].flatMap((name) => ['--component', `${name}=${digest('a')}`])];
    const first = await run([...words, '--version', '1.50.0', '--out', 'releases/platform-control/1.50.0.yaml']);
    expect(first.code).toBe(0);
    const values = 'environments/prod/values/api.env';
    write(values, `${readFileSync(join(home, 'example', values), 'utf8')}MORE=1\n`);
    commit();

    const refused = await run([...words, '--version', '1.50.1']);
    expect(refused).toMatchObject({ code: 5, stdout: '' });
    expect(refused.stderr).toContain('differs from release 1.50.0');
    expect(refused.stderr).toContain(values);

    write('README.md', 'more\n');
    commit();
    expect((await run([...words, '--version', '1.50.1'])).code).toBe(0);
  });
});

describe('a release in a registry', () => {
  it('is pushed, shown and pulled by its address', async () => {
    checkout();
    await using registry = await playedRegistry();
    const words = ['api', 'web', 'scheduler', 'metering-worker', 'gateway'].flatMap((name) => ['--component', `${name}=${digest('a')}`]);
    const created = await run(['create', '--offline', '--version', '1.50.0', ...words, '--out', 'release.yaml']);

    const pushed = await run(['push', 'release.yaml', `oci://${registry.host}/team/releases:1.50.0`]);
    const uri = pushed.stdout.trim();
    const [shown, pulled] = [await run(['show', uri]), await run(['pull', uri, '--out', 'pulled.yaml'])];

    expect(uri).toMatch(new RegExp(`^oci://${registry.host}/team/releases@sha256:[0-9a-f]{64}$`));
    expect(shown.stdout).toContain(created.stdout.trim());
    expect(pulled).toMatchObject({ code: 0, stdout: created.stdout });
    expect(readFileSync(join(home, 'example', 'pulled.yaml'), 'utf8')).toBe(readFileSync(join(home, 'example', 'release.yaml'), 'utf8'));
    expect(await run(['show', `oci://${registry.host}/team/releases:none`])).toMatchObject({ code: 4, stdout: '' });
    expect(await run(['show', 'oci://User@Registry'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('is what an environment may refer to: judged online, and left open else', async () => {
    checkout();
    await using registry = await playedRegistry();
    const reference = 'environments/staging/release-manifest.ref';
    const text = readFileSync(join(home, 'example', reference), 'utf8');
    const kept = /releases\/\S+\.yaml/.exec(text)?.[0] ?? '';
    const uri = (await run(['push', kept, `oci://${registry.host}/team/releases`])).stdout.trim();
    write(reference, text.replace(kept, uri));
    const judge = (...words: readonly string[]): Promise<Ended> =>
      fairlead(['check', 'environments/staging', ...words], { home, cwd: join(home, 'example') });

    const [offline, online] = [await judge(), await judge('--online')];

    expect(offline.stdout).toContain('a registry keeps the manifest: platform-control/staging');
    expect([offline.code, online.code]).toEqual([0, 0]);
    expect(online.stdout).not.toContain('a registry keeps the manifest');
  });
});
