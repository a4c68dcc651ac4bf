import { join } from 'node:path';
import { gitContract, type GitWorld } from '@fairlead/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

describe('gitRepository', () => {
  let remote: BareRemote;
  let opened: GitRepository[];

  const open = (): GitRepository => {
    const mirrorDirectory = join(remote.directory, `mirror-${String(opened.length)}.git`);
    const git = gitRepository({ name: 'example', url: remote.bare, mirrorDirectory, allowFileProtocol: true });
    opened.push(git);
    return git;
  };

  const world = (): GitWorld => ({
    git: open(),
    another: open,
    pushForeign: (branch, files) => Promise.resolve(remote.pushFrom(branch, files)),
    deleteBranch(branch) {
      remote.git('push', '--quiet', 'origin', `:${branch}`);
      return Promise.resolve();
    },
  });

  beforeEach(() => {
    opened = [];
    remote = bareRemote();
    remote.push('main', { 'README.md': 'Hello\n', 'base/a.yaml': 'kind: A\n' });
  });

  afterEach(async () => {
    await Promise.all(opened.map((git) => git[Symbol.asyncDispose]()));
    remote.remove();
  });

  it.each(Object.entries(gitContract))('%s', async (_, run) => {
    await run(world(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
