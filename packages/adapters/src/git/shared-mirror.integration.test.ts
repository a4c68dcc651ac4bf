import { spawn } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDirectoryLock } from './directory-lock.ts';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

describe('a mirror that several share', () => {
  let remote: BareRemote;
  let opened: GitRepository[];

  const open = (): GitRepository => {
    const mirrorDirectory = join(remote.directory, 'mirror.git');
    const git = gitRepository({ name: 'example', url: remote.bare, mirrorDirectory, allowFileProtocol: true });
    opened.push(git);
    return git;
  };

  beforeEach(() => {
    opened = [];
    remote = bareRemote();
    remote.push('main', { a: 'a\n' });
  });

  afterEach(async () => {
    await Promise.all(opened.map((git) => git[Symbol.asyncDispose]()));
    remote.remove();
  });

  it('is made once when all begin at once', async () => {
    const all = [open(), open(), open(), open()];

    await Promise.all(all.flatMap((git) => [git.fetch(), git.fetch(), git.head('main')]));
    const heads = await Promise.all(all.map((git) => git.head('main')));
    expect(new Set(heads)).toEqual(new Set([remote.git('rev-parse', 'main')]));
    expect(existsSync(join(remote.directory, 'mirror.git/fairlead.lock'))).toBe(false);
  });

  it('has what was pushed before the fetch was asked for, also while another runs', async () => {
    const git = open();
    await git.fetch();

    const running = git.fetch();
    const second = remote.push('main', { a: 'b\n' });
    await Promise.all([running, git.fetch()]);
    expect(await git.head('main')).toBe(second);
  });

  it('takes over a reference’s lock that a killed git left long ago', async () => {
    const git = open();
    await git.fetch();
    const lock = join(remote.directory, 'mirror.git/refs/remotes/origin/main.lock');
    writeFileSync(lock, '');
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock, longAgo, longAgo);
    const second = remote.push('main', { a: 'b\n' });

    await git.fetch();
    expect(await git.head('main')).toBe(second);
  });
});

describe('withDirectoryLock', () => {
  let remote: BareRemote;
  let file: string;

  beforeEach(() => {
    remote = bareRemote();
    file = join(remote.directory, 'some.lock');
  });

  afterEach(() => {
    remote.remove();
  });

  it('lets one in at a time', async () => {
    let inside = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      most.push(inside);
      await Promise.resolve();
      inside -= 1;
    };

    await Promise.all(Array.from({ length: 8 }, () => withDirectoryLock(file, 10_000, work)));
    expect(most).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('lets the next one in after a failure', async () => {
    await expect(withDirectoryLock(file, 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await withDirectoryLock(file, 100, () => Promise.resolve('in'))).toBe('in');
  });

  it('takes over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    const pid = String(child.pid);
    await new Promise((resolve) => child.on('close', resolve));
    writeFileSync(file, `${hostname()} ${pid} 12345 x`);

    expect(await withDirectoryLock(file, 1_000, () => Promise.resolve('in'))).toBe('in');
  });

  it('takes over from a process whose id came again', async () => {
    writeFileSync(file, `${hostname()} ${String(process.pid)} 1 x`);

    expect(await withDirectoryLock(file, 1_000, () => Promise.resolve('in'))).toBe('in');
  });

  it('takes over from another machine that forgot it, and waits for one that did not', async () => {
    writeFileSync(file, 'elsewhere 1 1 x');
    await expect(withDirectoryLock(file, 100, () => Promise.resolve('in'))).rejects.toMatchObject({ code: 'lock-held' });
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(file, longAgo, longAgo);

    expect(await withDirectoryLock(file, 1_000, () => Promise.resolve('in'))).toBe('in');
  });
});
