import { forgeContract, memoryLocalChanges, memoryRemote } from '@fairlead/engine/testing';
import { describe, expect, it } from 'vitest';
import { localForge } from './local-forge.ts';

describe('localForge on a repository in memory', () => {
  it.each(Object.entries(forgeContract))('%s', async (_, run) => {
    const remote = memoryRemote();
    remote.pushForeign('main', { 'README.md': 'hello\n' });
    const changes = memoryLocalChanges(() => new Date('2026-11-23T10:00:00Z'));
    const reopen = (): ReturnType<typeof localForge> =>
      localForge({ git: remote.open(), changes, url: ({ number }) => `http://127.0.0.1/changes/${String(number)}` });
    const world = {
      git: remote.open(),
      forge: reopen(),
      reopen,
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
