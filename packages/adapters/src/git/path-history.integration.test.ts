import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pathHistory } from './path-history.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fl-history-'));
  git('init', '--quiet', '--initial-branch', 'main');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: root });
}

function commit(subject: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', subject);
}

it('tells the commits that changed a folder, newest first, with what they changed there', async () => {
  commit('first', { 'env/dev/a b.yaml': '1', 'env/développement.yaml': '1', other: '1' });
  commit('elsewhere', { other: '2' });
  git('switch', '--quiet', '--create', 'side');
  commit('aside', { 'env/dev/c.yaml': '1' });
  git('switch', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '--message', 'merge side', 'side');

  const history = pathHistory(root);
  const changes = await history.changes(['env'], 10);

  expect(changes.map(({ subject, files }) => [subject, files])).toEqual([
    ['merge side', ['env/dev/c.yaml']],
    ['first', ['env/dev/a b.yaml', 'env/développement.yaml']],
  ]);
  expect(changes.map(({ before }) => before !== undefined)).toEqual([true, false]);
  expect((await history.changes(['env'], 1)).length).toBe(1);
  expect(await history.isShallow()).toBe(false);
});
