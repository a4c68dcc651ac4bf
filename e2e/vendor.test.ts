import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckReport } from '@fairlead/domain';
import { type GitServer, startGitServer } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';

let home: string;
let server: GitServer;
let overlay: string;
let base: string;
beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-vendor-')));
  server = await startGitServer({ root: join(home, 'served') });
  const bare = await server.createRepository('acme/platform');
  const upstream = repository('upstream', {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
    'unread.txt': 'x\n',
  });
  git(upstream, 'push', '--quiet', bare, 'main');
  base = `${server.repositoryUrl('acme/platform')}//base?ref=${git(upstream, 'rev-parse', 'HEAD').trim()}`;
  overlay = repository('own', { 'env/kustomization.yaml': `# ours\nresources:\n  - ${base} # the team's\nnamePrefix: my-\n` });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Ended> => fairlead(words, { home, cwd: overlay });

function git(cwd: string, ...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}

function repository(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(home, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'first');
  return folder;
}

describe('a base in another repository', () => {
  it('renders from its commit, is warned of, and after vendor renders the same without it', async () => {
    const before = await run('render', 'env');
    const checked = await run('check', '-o', 'json');
    const dry = await run('vendor', '--dry-run');
    const untouched = existsSync(join(overlay, 'vendor'));
    const vendored = await run('vendor', '--yes');
    await server[Symbol.asyncDispose]();
    rmSync(join(home, '.cache'), { recursive: true, force: true });
    const after = await run('render', 'env');
    const again = await run('check', '-o', 'json');

    expect(before).toMatchObject({ code: 0, stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-web\n' });
    const remote = CheckReport.parse(JSON.parse(checked.stdout)).findings.filter(({ rule }) => rule === 'remote-base');
    expect(remote).toMatchObject([{ severity: 'warning', file: 'env/kustomization.yaml', line: 3 }]);
    expect(checked.code).toBe(0);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('nothing was written');
    expect(untouched).toBe(false);
    expect(vendored.code).toBe(0);
    expect(readFileSync(join(overlay, 'env/kustomization.yaml'), 'utf8')).toMatch(
      /^# ours\nresources:\n {2}- \.\.\/vendor\/127\.0\.0\.1\/.*acme\/platform@[0-9a-f]{40}\/base # the team's\nnamePrefix: my-\n$/,
    );
    expect(after).toMatchObject({ code: 0, stdout: before.stdout });
    expect(CheckReport.parse(JSON.parse(again.stdout)).findings.filter(({ rule }) => rule === 'remote-base')).toEqual([]);
  });

  it('is refused by name where a branch is meant', async () => {
    writeFileSync(join(overlay, 'env/kustomization.yaml'), `resources:\n  - ${base.replace(/ref=.*/, 'ref=main')}\n`);

    const vendored = await run('vendor', '--yes');

    expect(vendored.code).toBe(5);
    expect(vendored.stdout).toContain('env/kustomization.yaml:2: ');
    expect(vendored.stdout).toContain('ref "main" is no full commit SHA');
  });
});
