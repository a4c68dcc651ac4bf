import { join } from 'node:path';
import { CommitSha, PromotionId } from '@fairlead/domain';
import { forgeContract, type ForgeWorld, memoryLocalChanges } from '@fairlead/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRepository, gitRepository } from '../../git/git-repository.ts';
import { type BareRemote, bareRemote } from '../../git/testing/bare-remote.ts';
import { localForge } from './local-forge.ts';

const promotionId = PromotionId.parse(`p-${'0'.repeat(26)}`);
const openedAt = new Date('2026-11-23T10:00:00Z');

describe('localForge', () => {
  let remote: BareRemote;
  let opened: GitRepository[];

  const open = (): GitRepository => {
    const mirrorDirectory = join(remote.directory, `mirror-${String(opened.length)}.git`);
    const git = gitRepository({ name: 'example', url: remote.bare, mirrorDirectory, allowFileProtocol: true });
    opened.push(git);
    return git;
  };

  const world = (): ForgeWorld => {
    const changes = memoryLocalChanges(() => openedAt);
    const reopen = (git: GitRepository): ReturnType<typeof localForge> =>
      localForge({ git, changes, url: ({ number }) => `http://127.0.0.1/changes/${String(number)}` });
    const git = open();
    return {
      git,
      forge: reopen(git),
      reopen: () => reopen(open()),
      pushForeign: (branch, files) => Promise.resolve(remote.pushFrom(branch, files)),
      deleteBranch(branch) {
        remote.git('push', '--quiet', 'origin', `:${branch}`);
        return Promise.resolve();
      },
    };
  };

  beforeEach(() => {
    opened = [];
    remote = bareRemote();
    remote.push('main', { 'README.md': 'hello\n' });
  });

  afterEach(async () => {
    await Promise.all(opened.map((git) => git[Symbol.asyncDispose]()));
    remote.remove();
  });

  it.each(Object.entries(forgeContract))('%s', async (_, run) => {
    await run(world(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });

  it('makes a merge commit that is the same on the same base, with the base first', async () => {
    const { forge, git, ...others } = world();
    const head = await others.pushForeign('topic', { a: 'a\n' });
    await git.fetch();
    const base = await git.head('main');
    const change = await forge.openChange({
      branch: 'topic',
      base: 'main',
      head,
      title: 'promote svc',
      body: '',
      promotion: promotionId,
    });

    const merged = await forge.mergeChange(change, head);
    const commit = merged.kind === 'merged' ? merged.commit : 'none';
    remote.git('fetch', '--quiet', 'origin');
    expect(remote.git('log', '-1', '--date=raw', '--format=%P|%an|%ad|%s', commit)).toBe(
      `${String(base)} ${head}|Fairlead|1795428000 +0000|Merge change 1: promote svc`,
    );
    expect(
      await git.mergeCommit({ base: CommitSha.parse(base), head, message: remote.git('log', '-1', '--format=%B', commit), at: openedAt }),
    ).toBe(commit);
  });

  it('merges once when two processes merge at the same time', async () => {
    const { forge, ...others } = world();
    const head = await others.pushForeign('topic', { a: 'a\n' });
    const change = await forge.openChange({ branch: 'topic', base: 'main', head, title: 'promote svc', body: '', promotion: promotionId });

    const [one, other] = await Promise.all([forge.mergeChange(change, head), others.reopen().mergeChange(change, head)]);
    expect(one).toEqual(other);
    remote.git('fetch', '--quiet', 'origin');
    expect(remote.git('rev-list', '--merges', 'origin/main').split('\n')).toEqual([one.kind === 'merged' ? one.commit : 'none']);
  });
});
