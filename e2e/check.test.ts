import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckReport } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';
import { example } from './world/paths.ts';

let home: string;
let repository: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-check-')));
  repository = join(home, 'repository');
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch', 'main');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: repository,
    env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
    encoding: 'utf8',
  });
}

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
}

const check = (...words: readonly string[]): Promise<Ended> => fairlead(['check', ...words], { home, cwd: repository });
const settings = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { level: info }\n`;

describe('fairlead check --fix', () => {
  it('writes what the release says, and no other byte', async () => {
    const file = 'environments/staging/kustomization.yaml';
    cpSync(example, repository, { recursive: true });
    const pinned = readFileSync(join(repository, file), 'utf8');
    const digest = /platform-control\/api\n {4}digest: (\S+)/.exec(pinned)?.[1] ?? '';
    write({ [file]: pinned.replace(`    digest: ${digest}`, `    newTag: "1.43"   # soon`) });

    const { code, stderr } = await check('--fix', '--yes');

    expect([code, stderr]).toEqual([0, expect.stringContaining(`  -     newTag: "1.43"   # soon\n  +     digest: "${digest}"   # soon\n`)]);
    expect(readFileSync(join(repository, file), 'utf8')).toBe(pinned.replace(`    digest: ${digest}`, `    digest: "${digest}"   # soon`));
  });

  it('changes nothing where nothing says which digest is meant', async () => {
    write({
      'prod/kustomization.yaml': 'resources: [pod.yaml]\n',
      'prod/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a:1 }] }\n',
    });

    const { code, stderr } = await check('--fix', '--yes');

    expect([code, stderr]).toEqual([1, expect.stringContaining('not repaired\n  prod: no document says which release it runs')]);
  });
});

describe('a first run that finds much', () => {
  it('shows counts by rule, the five worst, and what to do next', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `pod-${String(index)}`);
    const pods = names.map((name): [string, string] => [
      `prod/${name}.yaml`,
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: r.example.com/${name}:1 }] }\n`,
    ]);
    write({ 'prod/kustomization.yaml': `resources: [${names.map((name) => `${name}.yaml`).join(', ')}]\n`, ...Object.fromEntries(pods) });

    const first = await check();

    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^findings by rule\n {2}25 {2}image-not-pinned\n/);
    expect(first.stdout.match(/^ {2}fix: /gm)).toHaveLength(5);
    expect(first.stdout).toContain('\n20 more: see them all with fairlead check -o json');
    expect(first.stdout).toMatch(/\nnext\n {2}fairlead check --write-baseline .*\n {2}fairlead check --rule ID /);

    const written = await check('--write-baseline');
    const again = await check();

    expect([written.code, again.code]).toEqual([0, 0]);
    expect(again.stdout).toMatch(/no errors, 25 in the baseline\n$/);
  });
});

describe('a baseline in a range', () => {
  it('is that of the base: a branch does not excuse itself', async () => {
    const commit = (): string =>
      git('add', '--all') + git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message', 'change');
    write({ 'prod/kustomization.yaml': 'resources: [good.yaml]\n', 'prod/good.yaml': settings('good') });
    commit();
    git('checkout', '--quiet', '-b', 'topic');
    write({ 'prod/db.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: not-for-git-at-all\n' });
    await check('--write-baseline');
    commit();

    const [here, range] = [await check(), await check('--range', 'main..HEAD')];

    expect([here.code, here.stdout]).toEqual([0, expect.stringContaining('in the baseline, still open')]);
    expect([range.code, range.stdout]).toEqual([1, expect.stringContaining('S01')]);
  });
});

describe('files that nobody should have written', () => {
  it('are named, each with what is wrong, and stop nothing', async () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefghi'.charAt(index)}`)
            .join(', ')}]`,
      ),
    ];
    const hostile = 'prod/\u001B[2Jx\n::error::y.yaml';
    write({
      'prod/kustomization.yaml': 'resources: [good.yaml]\n',
      'prod/good.yaml': `\uFEFF${settings('good')}`,
      'prod/utf16.yaml': Buffer.from(`\uFEFF${settings('wide')}`, 'utf16le'),
      'prod/latin.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
      'twice/kustomization.yaml': 'resources: [twice.yaml]\n',
      'twice/twice.yaml': `${settings('twice')}data: { level: debug }\n`,
      'prod/bomb.yaml': `${bomb.join('\n')}\n`,
      'prod/long.yaml': `a: ${'x'.repeat(1_000_000)}\nb: [\n`,
      [hostile]: 'a: [\n',
    });
    symlinkSync('loop.yaml', join(repository, 'prod/loop.yaml'));
    symlinkSync('../prod', join(repository, 'prod/again'));

    const json = await check('-o', 'json');
    const text = await check();
    const github = await check('-o', 'github');

    const report = CheckReport.parse(JSON.parse(json.stdout));
    expect([json.code, json.stderr]).toEqual([1, '']);
    const unreadable = report.findings.filter(({ rule }) => rule === 'document-unparsable').map(({ file }) => file);
    expect(unreadable).toEqual(expect.arrayContaining(['prod/latin.yaml', 'prod/utf16.yaml', 'prod/bomb.yaml', 'prod/long.yaml', hostile]));
    expect(report.findings.filter(({ file }) => file === 'prod/good.yaml')).toEqual([]);
    expect(report.findings.filter(({ file }) => file.startsWith('twice/')).map(({ rule }) => rule)).toEqual(['render-failed']);
    expect(text.stdout).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(github.stdout.match(/^::error::/gm)).toBeNull();
    expect(text.stdout.length).toBeLessThan(20_000);
  });

  it('are gone between listing and reading without harm', async () => {
    write({
      'prod/kustomization.yaml': 'resources: [good.yaml]\n',
      'prod/good.yaml': settings('good'),
      'prod/short-lived.yaml': settings('b'),
    });
    git('add', '--all');
    rmSync(join(repository, 'prod/short-lived.yaml'));

    expect(await check()).toMatchObject({ code: 0, stderr: '' });
  });
});
