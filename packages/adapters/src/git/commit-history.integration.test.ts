import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitContent, CommitHistory } from '@fairlead/engine';
import { CommitSha, ObjectSha } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Checkout, findRepository } from './find-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

let remote: BareRemote;
let checkout: Checkout | undefined;
beforeEach(() => {
  remote = bareRemote();
});
afterEach(async () => {
  await checkout?.[Symbol.asyncDispose]();
  remote.remove();
});

async function historyOf(directory = remote.checkout): Promise<CommitHistory> {
  const found = await findRepository(directory, { PATH: process.env['PATH'] });
  if (found === 'absent') throw new Error('no checkout was found');
  checkout = found;
  return found.history;
}

async function commitsOf(base: CommitSha, tip: CommitSha): Promise<readonly CommitContent[]> {
  const found = await (await historyOf()).commits({ base, tip });
  if (found.kind === 'shallow') throw new Error('the clone is shallow');
  return found.commits;
}

const pathsOf = (commits: readonly CommitContent[]) => commits.map(({ files }) => files.map(({ path }) => path));
const blobOf = (name: string) => ObjectSha.parse(remote.git('rev-parse', name));

describe('commitHistory', () => {
  it('gives what each commit brought, oldest first, with its message; nothing for what it took away', async () => {
    const base = remote.push('main', { a: '1', b: '1' });
    const one = remote.push('main', { a: '2', 'c/d': '1' });
    const two = remote.push('main', { b: null, 'c/d': null, e: '1' });

    const commits = await commitsOf(base, two);

    expect(commits.map(({ commit, message }) => [commit, message])).toEqual([
      [one, 'change a, c/d\n'],
      [two, 'change b, c/d, e\n'],
    ]);
    expect(pathsOf(commits)).toEqual([['a', 'c/d'], ['e']]);
    expect(commits[0]?.files[0]?.blob).toBe(blobOf(`${one}:a`));
  });

  it('gives of a merge what neither side has, and the commits of both sides', async () => {
    const base = remote.push('main', { a: '1' });
    remote.pushFrom('side', { b: '1' });
    remote.git('switch', '--quiet', 'main');
    remote.push('main', { c: '1' });
    remote.git('merge', '--quiet', '--no-ff', '--no-commit', 'origin/side');
    const tip = remote.push('main', { 'added by "merge"\t': '1' });

    expect(new Set(pathsOf(await commitsOf(base, tip)).flat())).toEqual(new Set(['b', 'c', 'added by "merge"\t']));
  });

  it('names links, and leaves submodules out', async () => {
    const base = remote.push('main', { a: '1' });
    symlinkSync('/somewhere', join(remote.checkout, 'link'));
    remote.git('update-index', '--add', '--cacheinfo', `160000,${base},module`);
    const tip = remote.push('main', {});

    expect(pathsOf(await commitsOf(base, tip))).toEqual([['link']]);
  });

  it('gives nothing of an empty range, and of one whose base came later', async () => {
    const base = remote.push('main', { a: '1' });
    const tip = remote.push('main', { a: '2' });

    expect(await commitsOf(tip, tip)).toEqual([]);
    expect(await commitsOf(tip, base)).toEqual([]);
  });

  it('reads contents up to a size', async () => {
    remote.push('main', { a: '12345' });
    const history = await historyOf();

    expect(await history.blob(blobOf('main:a'), 5)).toMatchObject({ kind: 'blob', bytes: Buffer.from('12345') });
    expect(await history.blob(blobOf('main:a'), 4)).toEqual({ kind: 'too-large' });
    expect(await history.blob(ObjectSha.parse('0'.repeat(39) + '1'), 5)).toEqual({ kind: 'absent' });
  });

  it('knows which of some paths a commit has', async () => {
    const first = remote.push('main', { 'a b': '1', 'c/d': '1' });
    const history = await historyOf();

    const files = await history.filesAt(first, ['a b', 'c', 'c/d', 'no\nfile', 'none']);

    expect([...files.keys()]).toEqual(['a b', 'c/d']);
  });

  it('says where a clone is cut off', async () => {
    remote.push('main', { a: '1' });
    const second = remote.push('main', { a: '2' });
    const third = remote.push('main', { a: '3' });
    const shallow = join(remote.directory, 'shallow');
    execFileSync('git', ['clone', '--quiet', '--depth', '2', `file://${remote.bare}`, shallow]);
    const history = await historyOf(shallow);

    expect(await history.commits({ base: second, tip: third })).toMatchObject({ kind: 'commits', commits: [{ commit: third }] });
    expect(await history.commits({ base: third, tip: second })).toMatchObject({ kind: 'commits', commits: [] });
    execFileSync('git', ['-C', shallow, 'checkout', '--quiet', '--orphan', 'other']);
    execFileSync('git', ['-C', shallow, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'x']);
    const other = CommitSha.parse(execFileSync('git', ['-C', shallow, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim());
    expect(await history.commits({ base: other, tip: third })).toEqual({ kind: 'shallow', at: second });
  });
});
