import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommitSha } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitRemoteBases } from './remote-bases.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

describe('bases of other repositories', () => {
  let remote: BareRemote;
  const bases = (): ReturnType<typeof gitRemoteBases> =>
    gitRemoteBases({ directory: join(remote.directory, 'cache'), surroundings: process.env, allowFileProtocol: true });

  beforeEach(() => {
    remote = bareRemote();
  });
  afterEach(() => {
    remote.remove();
  });

  it('are read at their commit, whatever the branch became', async () => {
    const first = remote.push('main', { 'base/a.yaml': 'a: 1\n' });
    remote.push('main', { 'base/a.yaml': 'a: 2\n' });
    await using opened = bases();

    const answer = await (await opened.open(remote.bare, first)).look('base/a.yaml');

    expect(answer.kind === 'file' && Buffer.from(answer.bytes).toString()).toBe('a: 1\n');
  });

  it('need the repository no more once they were fetched', async () => {
    const first = remote.push('main', { 'base/a.yaml': 'a: 1\n' });
    await using before = bases();
    await (await before.open(remote.bare, first)).look('base/a.yaml');
    rmSync(remote.bare, { recursive: true });
    await using after = bases();

    expect((await (await after.open(remote.bare, first)).look('base/a.yaml')).kind).toBe('file');
  });

  it('are refused where the repository has no such commit, or is none', async () => {
    remote.push('main', { 'base/a.yaml': 'a: 1\n' });
    const unknown = CommitSha.parse('1'.repeat(40));
    await using opened = bases();

    await expect(opened.open(remote.bare, unknown)).rejects.toMatchObject({ code: 'commit-unknown' });
    await expect(opened.open(join(remote.directory, 'gone.git'), unknown)).rejects.toMatchObject({ kind: 'upstream' });
    await expect(opened.open('ftp://example.com/x', unknown)).rejects.toMatchObject({ code: 'url-invalid' });
  });
});
