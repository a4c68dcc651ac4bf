import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckReport } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Ended, fairlead } from './world/fairlead-program.ts';

let home: string;
let repository: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-range-')));
  repository = join(home, 'repository');
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch', 'main');
  commit({ 'app/kustomization.yaml': 'resources: [settings.yaml]\n', 'app/settings.yaml': settings('debug') });
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Ended> => fairlead(words, { home, cwd: repository });

function git(...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  return execFileSync('git', args, { cwd: repository, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** `null` deletes. */
function commit(files: Readonly<Record<string, string | Buffer | null>>, message = 'change'): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(repository, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
  return git('rev-parse', 'HEAD');
}

function settings(level: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { level: ${level} }\n`;
}

const value = 'correct-horse-battery';
const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ${value}\n`;

const Place = z.object({ artifactLocation: z.object({ uri: z.string() }), region: z.object({ startLine: z.int() }) });
const Result = z.object({
  ruleId: z.string(),
  message: z.object({ text: z.string() }),
  locations: z.array(z.object({ physicalLocation: Place })),
});
const Sarif = z.object({ runs: z.array(z.object({ results: z.array(Result) })) });

async function findings(range: string): Promise<CheckReport['findings']> {
  return CheckReport.parse(JSON.parse((await run('check', '--range', range, '-o', 'json')).stdout)).findings;
}

describe('fairlead check --range', () => {
  it('finds a secret that one commit adds and the next takes away', async () => {
    const base = git('rev-parse', 'HEAD');
    const added = commit({ 'app/secret.yaml': secret });
    commit({ 'app/secret.yaml': null });

    const { code, stdout, stderr } = await run('check', '--range', `${base}..HEAD`, '-o', 'sarif');

    expect(code).toBe(1);
    const [result, ...others] = Sarif.parse(JSON.parse(stdout)).runs.flatMap(({ results }) => results);
    expect(others).toEqual([]);
    expect(result?.ruleId).toBe('S17');
    expect(result?.message.text).toContain(added.slice(0, 12));
    const place = { artifactLocation: { uri: 'app/secret.yaml' }, region: { startLine: 5 } };
    expect(result?.locations).toEqual([{ physicalLocation: place }]);
    expect(`${stdout}${stderr}`).not.toContain(value);
    expect(stderr).toContain(`2 commits of ${base}..HEAD were checked`);
  });

  it('tells of a secret that is still there by its own rule, and of one that moved once', async () => {
    git('switch', '--quiet', '--create', 'branch');
    commit({ 'old.txt': `postgres://app:${value}@db/app\n` });
    commit({ 'old.txt': null, 'new.txt': `postgres://app:${value}@db/app\n` });

    expect((await findings('main..HEAD')).map(({ rule, file }) => [rule, file])).toEqual([['S09', 'new.txt']]);
  });

  it('lets pass what was in Git before the branch', async () => {
    commit({ 'old.txt': `# one\npostgres://app:${value}@db/app\n` });
    git('switch', '--quiet', '--create', 'branch');
    commit({ 'old.txt': `# two\npostgres://app:${value}@db/app\n` });
    commit({ 'old.txt': 'gone\n' });

    expect(await findings('main..HEAD')).toEqual([]);
  });

  it('looks into both sides of a merge, and into what the merge itself added', async () => {
    git('switch', '--quiet', '--create', 'branch');
    commit({ 'side.txt': `postgres://app:${value}-side@db/app\n` });
    commit({ 'side.txt': null });
    git('switch', '--quiet', '--create', 'other', 'main');
    commit({ 'other.txt': 'x\n' });
    git('merge', '--quiet', '--no-commit', '--no-ff', 'branch');
    commit({ 'merged.txt': `postgres://app:${value}-merge@db/app\n` }, 'merge');
    commit({ 'merged.txt': null });

    expect((await findings('main..HEAD')).map(({ rule, file }) => [rule, file])).toEqual([
      ['S17', 'merged.txt'],
      ['S17', 'side.txt'],
    ]);
  });

  it("judges by the base's rules, and the branch's documents by what they have to hold", async () => {
    commit({
      '.fairlead/service.yaml':
        'apiVersion: fairlead.dev/v1\nkind: Service\nmetadata: { name: shop }\nspec: { components: [{ name: web }], environments: [] }\n',
    });
    git('switch', '--quiet', '--create', 'branch');
    commit({ '.fairlead/service.yaml': 'apiVersion: fairlead.dev/v1\nkind: Service\nmetadata: { name: 12 }\n' });

    const { stdout } = await run('check', '--range', 'main...HEAD', '-o', 'json');

    const report = CheckReport.parse(JSON.parse(stdout));
    expect(report.configuration).toEqual({ source: 'commit', commit: git('rev-parse', 'main') });
    expect(report.findings.map(({ rule, file }) => [rule, file])).toContainEqual(['document-invalid', '.fairlead/service.yaml']);
  });

  it('reads hostile names, links, submodules, binary and huge files', async () => {
    git('switch', '--quiet', '--create', 'branch');
    symlinkSync('/etc/passwd', join(repository, 'link'));
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},submodule`);
    const name = 'a "b"\t\u001b[31m\'c.txt';
    commit({
      [name]: `postgres://app:${value}@db/app\n`,
      'blob.bin': Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256)),
      'huge.txt': `postgres://app:${value}-huge@db/app\n${'x'.repeat(5_000_000)}`,
    });
    commit({ [name]: null, 'blob.bin': null, 'huge.txt': null });

    const { code, stdout } = await run('check', '--range', 'main..HEAD', '-o', 'json');

    const report = CheckReport.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual([['S17', name]]);
    expect(report.notChecked).toContainEqual({ rule: 'S17', because: 'too large to be searched: huge.txt' });
    expect((await run('check', '--range', 'main..HEAD')).stdout).not.toContain('\u001b[31m');
  });

  it('passes an empty range, and says that it is one', async () => {
    const { code, stderr } = await run('check', '--range', 'main..HEAD');

    expect(code).toBe(0);
    expect(stderr).toContain('there is no commit in main..HEAD');
  });

  it.each([
    [['--range', 'main'], 'is no range'],
    [['--range', 'main..nowhere'], 'there is no commit "nowhere" here'],
    [['--range', '--all..HEAD'], 'there is no commit "--all" here'],
    [['--range', 'main..HEAD', '--commit', 'main'], 'exclude each other'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await run('check', ...words);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses a clone that is cut off within the range, and names the fix', async () => {
    for (const level of ['info', 'warning', 'error']) commit({ 'app/settings.yaml': settings(level) });
    git('tag', 'start', 'HEAD~3');
    git('clone', '--quiet', '--depth', '2', `file://${repository}`, join(home, 'shallow'));
    repository = join(home, 'shallow');
    const unknown = await run('check', '--range', 'start..HEAD');
    git('fetch', '--quiet', '--depth', '1', 'origin', 'tag', 'start');

    const cut = await run('check', '--range', 'start..HEAD');

    expect([unknown.code, cut.code]).toEqual([2, 2]);
    expect(cut.stderr).toContain('this clone is cut off at commit');
    for (const { stderr } of [unknown, cut]) expect(stderr).toContain('git fetch --unshallow');
  });
});

describe('fairlead check --commit', () => {
  it('judges the files of that commit by its own rules', async () => {
    const added = commit({ 'app/secret.yaml': secret, 'app/kustomization.yaml': 'resources: [settings.yaml, secret.yaml]\n' });
    commit({ 'app/secret.yaml': null, 'app/kustomization.yaml': 'resources: [settings.yaml]\n' });

    const [then, now] = [await run('check', '--commit', added), await run('check', '--commit', 'HEAD')];

    expect([then.code, now.code]).toEqual([1, 0]);
    expect(then.stdout).toContain('S01');
  });
});
