import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommitSha, RepoPath } from '@fairlead/domain';
import type { NewCommit } from '@fairlead/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutCommits, type CheckoutCommits } from './checkout-commits.ts';
import { type Checkout, findRepository } from './find-repository.ts';

let folder: string;
let root: string;
let checkout: Checkout;
let commits: CheckoutCommits;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fl-commits-'));
  root = join(folder, 'work');
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')]);
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'main', root]);
  git('remote', 'add', 'origin', join(folder, 'origin.git'));
  writeFileSync(join(root, 'a.txt'), 'a\n');
  commitAll();
  await open();
});
afterEach(async () => {
  await checkout[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: root, encoding: 'utf8' }).trim();
}

function commitAll(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
}

async function open(): Promise<void> {
  const found = await findRepository(root);
  if (found === 'absent') throw new Error('there is no repository');
  checkout = found;
  commits = checkoutCommits(checkout, { PATH: process.env['PATH'], HOME: folder });
}

function change(message = 'promote'): NewCommit {
  const base = CommitSha.parse(git('rev-parse', 'HEAD'));
  const edits = [{ kind: 'splice', path: RepoPath.parse('a.txt'), start: 0, end: 1, text: 'b' } as const];
  return { parents: [base], base, edits, message, at: new Date('2026-11-24T10:00:00Z') };
}

describe('commits beside a checkout', () => {
  it('make a patch that applies, and leave nothing in the repository', async () => {
    const before = git('count-objects', '-v');

    const patch = await commits.patch(change());

    expect(git('count-objects', '-v')).toBe(before);
    writeFileSync(join(folder, 'p.patch'), patch);
    git('am', '--quiet', join(folder, 'p.patch'));
    expect(git('show', 'HEAD:a.txt')).toBe('b');
    expect(await commits.patch({ ...change(), ...baseOf('HEAD~1') })).toBe(patch);
  });

  it('push a branch once, whatever the base was, and touch neither files nor branches here', async () => {
    const first = await commits.push('fairlead/x', change());
    writeFileSync(join(root, 'other.txt'), 'x\n');
    commitAll();
    const second = await commits.push('fairlead/x', change());

    expect([first.pushed.kind, second.pushed.kind, second.commit]).toEqual(['pushed', 'already-there', first.commit]);
    expect(git('branch', '--format=%(refname:short)')).toBe('main');
    expect(git('status', '--short')).toBe('');
  });

  it("never move somebody else's branch", async () => {
    git('push', '--quiet', 'origin', 'main:fairlead/x');
    const theirs = git('rev-parse', 'HEAD');

    expect(await commits.push('fairlead/x', change())).toMatchObject({ pushed: { kind: 'moved', head: theirs } });
    expect(git('ls-remote', 'origin', 'refs/heads/fairlead/x')).toContain(theirs);
  });

  it('say that origin did not take it, and hide a password', async () => {
    git('remote', 'set-url', 'origin', 'https://ada:hunter2@127.0.0.1:1/none.git');

    const pushing = commits.push('fairlead/x', change());

    await expect(pushing).rejects.toMatchObject({ code: 'push-refused' });
    await expect(pushing).rejects.not.toThrow('hunter2');
  });
});

function baseOf(revision: string): Pick<NewCommit, 'base' | 'parents'> {
  const base = CommitSha.parse(git('rev-parse', revision));
  return { base, parents: [base] };
}
