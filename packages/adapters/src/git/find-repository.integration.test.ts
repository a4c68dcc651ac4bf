import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Checkout, findRepository } from './find-repository.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

let remote: BareRemote;
beforeEach(() => {
  remote = bareRemote();
});
afterEach(() => {
  remote.remove();
});

async function found(directory = remote.checkout): Promise<Checkout> {
  const checkout = await findRepository(directory, { PATH: process.env['PATH'] });
  if (checkout === 'absent') throw new Error('no checkout was found');
  return checkout;
}

describe('findRepository', () => {
  it('finds the top level from a folder below', async () => {
    remote.push('main', { 'a/b/c.yaml': '1' });

    await using checkout = await found(join(remote.checkout, 'a/b'));

    expect(checkout.root).toBe(remote.checkout);
  });

  it('finds nothing outside of a repository', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fairlead-none-'));
    try {
      expect(await findRepository(directory, { PATH: process.env['PATH'] })).toBe('absent');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('says what is checked out, and nothing of a branch where HEAD is detached', async () => {
    const commit = remote.push('main', { a: '1' });
    await using onBranch = await found();
    expect(onBranch).toMatchObject({ head: commit, branch: 'refs/heads/main', defaultBranch: { name: 'main', commit } });

    remote.git('checkout', '--detach', commit);
    await using detached = await found();
    expect(detached.head).toBe(commit);
    expect(detached.branch).toBeUndefined();
  });

  it('has no head and no default branch before the first commit', async () => {
    const directory = join(remote.directory, 'fresh');
    mkdirSync(directory);
    remote.git('init', '-b', 'main', directory);

    await using checkout = await found(directory);

    expect(checkout).toMatchObject({ head: 'absent', branch: 'refs/heads/main', defaultBranch: 'absent' });
  });

  it('reads a commit, the working tree, and where two branches parted', async () => {
    const first = remote.push('main', { 'a.yaml': 'one' });
    const second = remote.push('topic', { 'a.yaml': 'two' });
    writeFileSync(join(remote.checkout, 'a.yaml'), 'three');

    await using checkout = await found();

    expect(await checkout.mergeBase(first, second)).toBe(first);
    expect(await (await checkout.snapshot(first)).look('a.yaml')).toMatchObject({ bytes: Buffer.from('one') });
    expect(await checkout.files().look('a.yaml')).toMatchObject({ bytes: Buffer.from('three') });
    expect(await checkout.files().files('')).toEqual([{ path: 'a.yaml' }]);
    expect(await checkout.resolve('topic')).toBe(second);
    expect(await checkout.resolve('nothing')).toBe('absent');
  });
});
