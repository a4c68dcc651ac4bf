import { describe, expect, it } from 'vitest';
import { gitContract } from './git-contract.ts';
import { memoryRemote } from './memory-git.ts';

describe('memoryRemote', () => {
  it.each(Object.entries(gitContract))('%s', async (_, run) => {
    const remote = memoryRemote();
    remote.pushForeign('main', { 'README.md': 'Hello\n', 'base/a.yaml': 'kind: A\n' });
    const world = {
      git: remote.open(),
      another: () => remote.open(),
      pushForeign: (branch: string, files: Readonly<Record<string, string>>) => Promise.resolve(remote.pushForeign(branch, files)),
      deleteBranch(branch: string) {
        remote.deleteBranch(branch);
        return Promise.resolve();
      },
    };

    await run(world, (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
