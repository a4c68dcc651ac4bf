import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CommitSha, type Edit, ObjectSha, RepoPath } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

const path = (value: string): RepoPath => RepoPath.parse(value);
const at = new Date('2026-11-23T10:00:00.700Z');

describe('gitRepository', () => {
  let remote: BareRemote;
  let git: GitRepository;
  let first: CommitSha;

  const open = (mirror = 'mirror.git'): GitRepository =>
    gitRepository({ name: 'example', url: remote.bare, mirrorDirectory: join(remote.directory, mirror), allowFileProtocol: true });

  beforeEach(async () => {
    remote = bareRemote();
    first = remote.push('main', {
      'README.md': 'hello\n',
      'environments/prod/kustomization.yaml': '# größe 🙂\nresources: [a]\r\nimages: []\n',
      'base/a.yaml': 'kind: A\n',
      'base/run.sh': '#!/bin/sh\n',
      'base/picture.bin': Buffer.from([0, 255, 10, 13, 0, 128]),
    });
    git = open();
    await git.fetch();
  });

  afterEach(async () => {
    await git[Symbol.asyncDispose]();
    remote.remove();
  });

  const splice = (at: { start: number; end: number; text: string }): Edit => ({
    kind: 'splice',
    path: path('environments/prod/kustomization.yaml'),
    ...at,
  });

  const promotion = (edits: readonly Edit[]): Promise<CommitSha> =>
    git.commit({ parents: [first], base: first, edits, message: 'promote: one\n\nFairlead-Plan: x', at });

  describe('head', () => {
    it('is what the remote had at the last fetch', async () => {
      const second = remote.push('main', { 'README.md': 'again\n' });

      expect(await git.head('main')).toBe(first);
      await git.fetch();
      expect(await git.head('main')).toBe(second);
      expect(await git.head('no-such-branch')).toBe('absent');
    });

    it('is absent once the branch is deleted', async () => {
      remote.push('topic', { x: 'x' });
      await git.fetch();
      remote.git('push', '--quiet', 'origin', ':topic');
      await git.fetch();

      expect(await git.head('topic')).toBe('absent');
    });

    it('takes a branch whose name was a folder of branches before', async () => {
      remote.push('a/b', { x: 'x' });
      await git.fetch();
      remote.git('push', '--quiet', 'origin', ':a/b');
      remote.git('branch', '-D', '--quiet', 'main');
      remote.git('branch', '-m', 'a');
      remote.git('push', '--quiet', 'origin', 'a');
      await git.fetch();

      expect(await git.head('a')).not.toBe('absent');
    });

    it.each(['--upload-pack=touch x', 'a..b', 'a b', 'a\nb', '', 'x.lock', '@{u}'])('refuses the branch name %j', async (name) => {
      await expect(git.head(name)).rejects.toMatchObject({ kind: 'invalid', code: 'branch-invalid' });
    });
  });

  describe('snapshot', () => {
    it('answers with bytes and Git ids', async () => {
      const files = await git.snapshot(first);

      const picture = await files.look('base/picture.bin');
      expect(picture).toEqual({
        kind: 'file',
        bytes: Buffer.from([0, 255, 10, 13, 0, 128]),
        digest: remote.git('rev-parse', 'HEAD:base/picture.bin'),
      });
      expect(files.identity).toBe(remote.git('rev-parse', 'HEAD^{tree}'));
    });

    it('lists a folder, and says what is not there', async () => {
      const files = await git.snapshot(first);

      expect(await files.look('base')).toMatchObject({ kind: 'directory', entries: ['a.yaml', 'picture.bin', 'run.sh'] });
      expect(await files.look('')).toMatchObject({ kind: 'directory', entries: ['README.md', 'base', 'environments'] });
      expect(await files.look('nowhere/x')).toEqual({ kind: 'absent' });
      expect(await files.look('README.md/x')).toEqual({ kind: 'absent' });
    });

    it('lists the files below a folder with their modes', async () => {
      const files = await git.snapshot(first);

      const below = await files.files('base');
      expect(below).toEqual([
        { path: 'base/a.yaml', mode: '100644', blob: remote.git('rev-parse', 'HEAD:base/a.yaml') },
        { path: 'base/picture.bin', mode: '100644', blob: remote.git('rev-parse', 'HEAD:base/picture.bin') },
        { path: 'base/run.sh', mode: '100755', blob: remote.git('rev-parse', 'HEAD:base/run.sh') },
      ]);
      expect(await files.files('nowhere')).toBe('absent');
    });

    it('names a symlink and where it leads, and does not follow it', async () => {
      symlinkSync('base', join(remote.checkout, 'link'));
      const second = remote.push('main', { x: 'x' });
      await git.fetch();
      const files = await git.snapshot(second);

      expect(await files.look('link')).toEqual({ kind: 'symlink', target: 'base' });
      expect(await files.look('link/a.yaml')).toEqual({ kind: 'symlink' });
      expect(await files.files('')).not.toContainEqual(expect.objectContaining({ path: 'link' }));
    });

    it('keeps the digest of a listing when only content below changes', async () => {
      const before = await (await git.snapshot(first)).look('base');
      const second = remote.push('main', { 'base/a.yaml': 'kind: B\n' });
      await git.fetch();

      expect(await (await git.snapshot(second)).look('base')).toEqual(before);
    });

    it('knows digests without reading, the same as with', async () => {
      symlinkSync('base', join(remote.checkout, 'link'));
      const second = remote.push('main', { x: 'x' });
      await git.fetch();
      const files = await git.snapshot(second);

      for (const name of ['', 'base', 'base/a.yaml', 'base/run.sh', 'nowhere', 'link', 'link/a.yaml']) {
        const answer = await files.look(name);
        expect(await files.digest?.(name)).toBe('digest' in answer ? answer.digest : answer.kind);
      }
    });

    it('reads a tree too', async () => {
      const tree = ObjectSha.parse(remote.git('rev-parse', 'HEAD^{tree}'));

      expect((await git.snapshot(tree)).identity).toBe(tree);
    });

    it('says that a commit is unknown', async () => {
      const unknown = CommitSha.parse('1'.repeat(40));

      await expect(git.snapshot(unknown)).rejects.toMatchObject({ kind: 'not-found', code: 'commit-unknown' });
    });

    it('answers many questions at once, large files included', async () => {
      const large = Buffer.alloc(3_000_000, 'abcdefg\n');
      const second = remote.push('main', { large, 'a/b': 'b' });
      await git.fetch();
      const files = await git.snapshot(second);

      const answers = await Promise.all(['large', 'a/b', 'large', 'README.md', 'nowhere', 'a/b'].map((name) => files.look(name)));
      const sizes = answers.map((answer) => (answer.kind === 'file' ? answer.bytes.length : answer.kind));
      expect(sizes).toEqual([3_000_000, 1, 3_000_000, 6, 'absent', 1]);
    });
  });

  describe('commit', () => {
    it('gives the same SHA for the same request, in another mirror too', async () => {
      const other = open('other.git');
      await other.fetch();
      const edits: readonly Edit[] = [
        { kind: 'write', path: path('releases/x.yaml'), text: 'ü\n' },
        splice({ start: 2, end: 7, text: 'Größe' }),
      ];

      const once = await promotion(edits);
      const again = await other.commit({
        parents: [first],
        base: first,
        edits: edits.toReversed(),
        message: 'promote: one\n\nFairlead-Plan: x',
        at,
      });
      expect(again).toBe(once);
      await other[Symbol.asyncDispose]();
    });

    it('splices by UTF-16 offsets and keeps every other byte', async () => {
      const commit = await promotion([splice({ start: 11, end: 11, text: '# two\n' }), splice({ start: 0, end: 1, text: '##' })]);

      const found = await (await git.snapshot(commit)).look('environments/prod/kustomization.yaml');
      const text = found.kind === 'file' ? Buffer.from(found.bytes).toString('utf8') : '';
      expect(text).toBe('## größe 🙂\n# two\nresources: [a]\r\nimages: []\n');
    });

    it('copies with mode and bytes, removes, and keeps the mode of what it writes', async () => {
      const blob = ObjectSha.parse(remote.git('rev-parse', 'HEAD:base/picture.bin'));

      const commit = await promotion([
        { kind: 'copy', path: path('copied/run.sh'), mode: '100755', from: path('base/picture.bin'), blob },
        { kind: 'write', path: path('base/run.sh'), text: '#!/bin/bash\n' },
        { kind: 'remove', path: path('base/a.yaml') },
      ]);
      const files = await (await git.snapshot(commit)).files('');
      expect(files === 'absent' ? [] : files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
        '100644 README.md',
        '100644 base/picture.bin',
        '100755 base/run.sh',
        '100755 copied/run.sh',
        '100644 environments/prod/kustomization.yaml',
      ]);
    });

    it('is by Fairlead, in UTC, with the message as given', async () => {
      const commit = await promotion([{ kind: 'remove', path: path('README.md') }]);
      await git.push('fairlead/x', commit, 'absent');
      remote.git('fetch', '--quiet', 'origin');

      const shown = remote.git('log', '-1', '--date=raw', '--format=%an <%ae> %ad|%cn <%ce> %cd|%P|%B', 'origin/fairlead/x');
      const who = 'Fairlead <fairlead@fairlead.dev> 1795428000 +0000';
      expect(shown).toBe(`${who}|${who}|${first}|promote: one\n\nFairlead-Plan: x`);
    });

    it('refuses edits that do not fit the base', async () => {
      const nowhere = path('nowhere.yaml');

      await expect(promotion([{ kind: 'remove', path: nowhere }])).rejects.toMatchObject({ code: 'edit-misses' });
      await expect(promotion([splice({ start: 0, end: 9_999, text: '' })])).rejects.toMatchObject({ code: 'splice-range' });
      await expect(
        promotion([
          { kind: 'remove', path: path('README.md') },
          { kind: 'write', path: path('README.md'), text: '' },
        ]),
      ).rejects.toMatchObject({ code: 'edits-clash' });
    });

    it('refuses to copy a blob that the repository does not have', async () => {
      const blob = ObjectSha.parse('2'.repeat(40));
      const edit: Edit = { kind: 'copy', path: path('x'), mode: '100644', from: path('y'), blob };

      await expect(promotion([edit])).rejects.toThrow();
    });
  });

  describe('push', () => {
    it('creates the branch once and finds it again', async () => {
      const commit = await promotion([{ kind: 'remove', path: path('README.md') }]);

      expect(await git.push('fairlead/x', commit, 'absent')).toEqual({ kind: 'pushed' });
      expect(await git.head('fairlead/x')).toBe(commit);
      expect(await git.push('fairlead/x', commit, 'absent')).toEqual({ kind: 'already-there' });
      expect(await git.push('fairlead/x', commit, commit)).toEqual({ kind: 'already-there' });
    });

    it('never overwrites what it did not expect', async () => {
      const foreign = remote.push('fairlead/x', { foreign: 'x' });
      const commit = await promotion([{ kind: 'remove', path: path('README.md') }]);

      expect(await git.push('fairlead/x', commit, 'absent')).toEqual({ kind: 'moved', head: foreign });
      expect(await git.push('fairlead/x', commit, first)).toEqual({ kind: 'moved', head: foreign });
      expect(await git.push('fairlead/y', commit, first)).toEqual({ kind: 'moved', head: 'absent' });
      expect(remote.git('ls-remote', 'origin', 'refs/heads/fairlead/x').slice(0, 40)).toBe(foreign);
    });

    it('replaces a head that was expected', async () => {
      const old = remote.push('fairlead/x', { foreign: 'x' });
      const commit = await promotion([{ kind: 'remove', path: path('README.md') }]);

      expect(await git.push('fairlead/x', commit, old)).toEqual({ kind: 'pushed' });
    });

    it('says when the remote refuses', async () => {
      remote.git('-C', remote.bare, 'config', 'receive.denyDeletes', 'true');
      remote.git('-C', remote.bare, 'config', 'receive.denyNonFastForwards', 'true');
      const old = remote.push('fairlead/x', { foreign: 'x' });
      const commit = await promotion([{ kind: 'remove', path: path('README.md') }]);

      await expect(git.push('fairlead/x', commit, old)).rejects.toMatchObject({ kind: 'upstream', code: 'push-refused' });
    });
  });

  describe('merges', () => {
    it('makes the tree and a repeatable merge commit', async () => {
      const head = remote.push('topic', { 'base/a.yaml': 'kind: B\n' });
      remote.git('switch', '--quiet', 'main');
      const base = remote.push('main', { 'README.md': 'other\n' });
      await git.fetch();

      const merged = await git.mergeTree(base, head);
      const commit = await git.mergeCommit({ base, head, message: 'merge: topic', at });
      expect(merged).toEqual({ kind: 'merged', tree: (await git.snapshot(commit)).identity });
      expect(await git.mergeCommit({ base, head, message: 'merge: topic', at })).toBe(commit);
      expect(await git.ancestry(head, commit)).toBe('ancestor');
      expect(await git.ancestry(commit, base)).toBe('descendant');
      expect(await git.ancestry(base, head)).toBe('unrelated');
      expect(await git.ancestry(base, base)).toBe('same');
    });

    it('names the paths in conflict', async () => {
      const head = remote.push('topic', { 'base/a.yaml': 'kind: B\n', 'README.md': 'x\n' });
      remote.git('switch', '--quiet', 'main');
      const base = remote.push('main', { 'base/a.yaml': 'kind: C\n', 'README.md': null });
      await git.fetch();

      expect(await git.mergeTree(base, head)).toEqual({ kind: 'conflict', paths: ['README.md', 'base/a.yaml'] });
      await expect(git.mergeCommit({ base, head, message: 'm', at })).rejects.toMatchObject({ code: 'merge-conflict' });
    });

    it('finds a merge by its second parent, below later commits', async () => {
      const head = remote.push('topic', { 'base/a.yaml': 'kind: B\n' });
      const merge = await git.fetch().then(() => git.mergeCommit({ base: first, head, message: 'merge: topic', at }));
      expect(await git.findMerge('main', head)).toBe('absent');
      await git.push('main', merge, first);
      remote.git('switch', '--quiet', 'main');
      remote.git('pull', '--quiet', '--ff-only', 'origin', 'main');
      remote.push('main', { later: 'x' });
      await git.fetch();

      expect(await git.findMerge('main', head)).toBe(merge);
      expect(await git.findMerge('main', first)).toBe('absent');
    });
  });

  it('leaves no trace of the remote in the mirror', () => {
    const config = readFileSync(join(remote.directory, 'mirror.git', 'config'), 'utf8');

    expect(config).not.toContain('remote');
  });
});
