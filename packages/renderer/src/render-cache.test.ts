import { describe, expect, it } from 'vitest';
import { type FileSnapshot } from './file-snapshot.ts';
import { type FinishedRender, RenderCache } from './render-cache.ts';

const files = (digest: string, identity?: string): FileSnapshot => ({
  ...(identity === undefined ? {} : { identity }),
  look: () => Promise.resolve({ kind: 'file', bytes: new Uint8Array(), digest }),
});

const unreadable = (identity: string): FileSnapshot => ({ identity, look: () => Promise.reject(new Error('looked')) });

const finished = (order: string, digest: string): FinishedRender => ({
  order,
  result: { kind: 'failed', code: 'render-failed', message: `${order} ${digest}`, inputs: [] },
  inputs: [{ read: { path: 'p', kind: 'file', digest }, digest }],
});

describe('RenderCache', () => {
  it('finds a render by its snapshot alone, without a look', async () => {
    const cache = new RenderCache(4);
    cache.add(finished('a', '1'), 'commit-1');

    expect(await cache.find('a', unreadable('commit-1'))).toMatchObject({ message: 'a 1' });
  });

  it('finds a render by what it read, and then by that snapshot too', async () => {
    const cache = new RenderCache(4);
    cache.add(finished('a', '1'), 'commit-1');

    expect(await cache.find('a', files('1', 'commit-2'))).toMatchObject({ message: 'a 1' });
    expect(await cache.find('a', unreadable('commit-2'))).toMatchObject({ message: 'a 1' });
  });

  it('tells states of the files apart', async () => {
    const cache = new RenderCache(4);
    cache.add(finished('a', '1'), undefined);
    cache.add(finished('a', '2'), undefined);

    expect(await cache.find('a', files('1'))).toMatchObject({ message: 'a 1' });
    expect(await cache.find('a', files('2'))).toMatchObject({ message: 'a 2' });
    expect(await cache.find('a', files('3'))).toBeUndefined();
  });

  it('tells requests apart, also for one snapshot', async () => {
    const cache = new RenderCache(4);
    cache.add(finished('a', '1'), 'commit-1');

    expect(await cache.find('b', files('1', 'commit-1'))).toBeUndefined();
  });

  it('forgets what was not used for longest', async () => {
    const cache = new RenderCache(2);
    cache.add(finished('a', '1'), undefined);
    cache.add(finished('b', '1'), undefined);
    await cache.find('a', files('1'));
    cache.add(finished('c', '1'), undefined);

    expect(await cache.find('a', files('1'))).toBeDefined();
    expect(await cache.find('b', files('1'))).toBeUndefined();
  });

  it('keeps nothing where it may keep nothing', async () => {
    const cache = new RenderCache(0);
    cache.add(finished('a', '1'), 'commit-1');

    expect(await cache.find('a', files('1', 'commit-1'))).toBeUndefined();
  });
});
