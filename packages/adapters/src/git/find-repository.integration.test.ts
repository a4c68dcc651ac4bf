import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommitSha } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Checkout, findRepository } from './find-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';
import { workingTreeSnapshot } from './working-tree-snapshot.ts';

describe('findRepository', () => {
  let remote: BareRemote;
  let first: CommitSha;
  let found: Checkout | 'absent';

  const find = async (directory = remote.checkout): Promise<Checkout> => {
    found = await findRepository(directory);
    if (found === 'absent') throw new Error('no repository found');
    return found;
  };

  beforeEach(() => {
    found = 'absent';
    remote = bareRemote();
    first = remote.push('main', { 'a/b.yaml': 'b: 1\n', 'a/run.sh': '#!/bin/sh\n', README: 'x' });
  });

  afterEach(async () => {
    if (found !== 'absent') await found[Symbol.asyncDispose]();
    remote.remove();
  });

  it('finds the top level from a folder inside, the head and the default branch', async () => {
    const checkout = await find(join(remote.checkout, 'a'));

    expect(checkout.root).toBe(remote.checkout);
    expect(checkout.head).toBe(first);
    expect(checkout.defaultBranch).toEqual({ name: 'main', commit: first });
    expect(checkout.origin).toBe(remote.bare);
  });

  it('knows no repository where there is none', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'fairlead-none-'));

    expect(await findRepository(empty)).toBe('absent');
    rmSync(empty, { recursive: true });
  });

  it('finds a repository without a commit', async () => {
    const fresh = join(remote.directory, 'fresh');
    mkdirSync(fresh);
    remote.git('init', '--quiet', fresh);

    expect(await find(fresh)).toMatchObject({ head: 'absent', defaultBranch: 'absent' });
  });

  it('prefers origin/HEAD, then init.defaultBranch, then main', async () => {
    remote.push('trunk', { t: 't' });
    remote.git('config', 'init.defaultBranch', 'trunk');
    expect((await find()).defaultBranch).toMatchObject({ name: 'trunk' });
    remote.git('remote', 'set-head', 'origin', 'main');

    expect((await find()).defaultBranch).toEqual({ name: 'main', commit: first });
  });

  it('reads init.defaultBranch from the person’s own config', async () => {
    remote.push('trunk', { t: 't' });
    writeFileSync(join(remote.directory, '.gitconfig'), '[init]\n\tdefaultBranch = trunk\n');

    found = await findRepository(remote.checkout, { HOME: remote.directory, PATH: process.env['PATH'] });
    expect(found === 'absent' ? found : found.defaultBranch).toMatchObject({ name: 'trunk' });
  });

  it('never shows credentials of the remote', async () => {
    remote.git('remote', 'set-url', 'origin', 'https://me:secret@example.com/x.git');

    expect((await find()).origin).toBe('https://example.com/x.git');
  });

  it('resolves revisions, merge bases and times', async () => {
    const topic = remote.push('topic', { t: 't' });
    remote.git('switch', '--quiet', 'main');
    const second = remote.push('main', { m: 'm' });
    const checkout = await find();

    expect(await checkout.resolve('HEAD~1')).toBe(first);
    expect(await checkout.resolve('topic')).toBe(topic);
    expect(await checkout.resolve('--all')).toBe('absent');
    expect(await checkout.resolve('nowhere')).toBe('absent');
    expect(await checkout.mergeBase(topic, second)).toBe(first);
    expect((await checkout.committedAt(first)).toISOString()).toBe(
      new Date(Number(remote.git('log', '-1', '--format=%ct', first)) * 1000).toISOString(),
    );
  });

  it('reads commits, and says which it does not have', async () => {
    const checkout = await find();

    expect(await (await checkout.snapshot(first)).look('README')).toMatchObject({ kind: 'file' });
    await expect(checkout.snapshot(CommitSha.parse('1'.repeat(40)))).rejects.toMatchObject({ code: 'commit-unknown' });
  });

  it('runs nothing that the repository configures', async () => {
    const trap = join(remote.directory, 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch ${trap}.sprung\n`, { mode: 0o755 });
    for (const key of ['core.fsmonitor', 'core.sshCommand', 'gpg.program', 'diff.external', 'core.pager', 'core.editor']) {
      remote.git('config', key, trap);
    }
    remote.git('config', 'log.showSignature', 'true');
    remote.git('config', 'remote.origin.url', 'ssh://example.com/x');
    remote.git('config', 'extensions.partialClone', 'origin');
    const checkout = await find();
    await checkout.committedAt(first);
    await checkout.mergeBase(first, first);
    await (await checkout.snapshot(first)).look('a/b.yaml');
    await checkout.snapshot(CommitSha.parse('1'.repeat(40))).catch(() => undefined);

    expect(() => readFileSync(`${trap}.sprung`)).toThrow();
  });

  describe('the working tree', () => {
    it('answers as the commit does where nothing changed', async () => {
      const checkout = await find();
      const [tree, commit] = [checkout.workingTree(), await checkout.snapshot(first)];

      for (const name of ['', 'a', 'a/b.yaml', 'a/run.sh', 'README', 'nowhere', 'README/x', '../x', '.git', '.git/config']) {
        expect(await tree.look(name)).toEqual(await commit.look(name));
      }
      expect(await tree.files('')).toEqual(await commit.files(''));
      expect(await tree.files('nowhere')).toBe('absent');
    });

    it('sees changes that are not committed, ignored ones too', async () => {
      writeFileSync(join(remote.checkout, '.gitignore'), 'new\n');
      writeFileSync(join(remote.checkout, 'new'), 'new\n');

      const tree = (await find()).workingTree();
      expect(await tree.look('new')).toMatchObject({ kind: 'file', bytes: Buffer.from('new\n') });
    });

    it('reads each file once, so that what it says fits together', async () => {
      const tree = workingTreeSnapshot(remote.checkout);
      const before = await tree.look('README');
      writeFileSync(join(remote.checkout, 'README'), 'changed');

      expect(await tree.look('README')).toEqual(before);
    });

    it('does not follow symlinks, nor enter other repositories', async () => {
      symlinkSync('/etc', join(remote.checkout, 'link'));
      remote.git('init', '--quiet', join(remote.checkout, 'nested'));
      const tree = workingTreeSnapshot(remote.checkout);

      expect(await tree.look('link')).toEqual({ kind: 'symlink' });
      expect(await tree.look('link/passwd')).toEqual({ kind: 'symlink' });
      expect(await tree.look('nested')).toEqual({ kind: 'symlink' });
      const files = await tree.files('');
      expect(files === 'absent' ? files : files.map(({ path }) => path)).toEqual(['README', 'a/b.yaml', 'a/run.sh']);
    });
  });
});
