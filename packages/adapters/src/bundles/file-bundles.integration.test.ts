import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileBundles } from './file-bundles.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fl-bundles-'));
});
afterEach(() => rm(directory, { recursive: true }));

const name = 'shop/prod/fairlead-shop-prod-p-1.tar';
const pieces = (...texts: readonly string[]): readonly Uint8Array[] => texts.map((text) => Buffer.from(text));

describe('fileBundles', () => {
  it('keeps the pieces as one file, and gives it back', async () => {
    const bundles = fileBundles({ directory });

    const kept = await bundles.keep(name, pieces('one', 'two'));

    expect(kept).toEqual({ digest: `sha256:${hash('sha256', 'onetwo', 'hex')}`, size: 6 });
    expect(await bundles.read(name)).toEqual(Buffer.from('onetwo'));
    expect(await bundles.read('shop/prod/other.tar')).toBe('absent');
  });

  it('never writes over one that is there, and says what it found', async () => {
    const bundles = fileBundles({ directory });
    const first = await bundles.keep(name, pieces('first'));

    expect(await bundles.keep(name, pieces('a later one'))).toEqual(first);
    expect(await readFile(join(directory, name), 'utf8')).toBe('first');
  });

  it('leaves nothing behind where writing breaks off', async () => {
    const bundles = fileBundles({ directory });
    function* broken(): Generator<Uint8Array> {
      yield* pieces('half');
      throw new Error('broken off');
    }

    await expect(bundles.keep(name, broken())).rejects.toThrow('broken off');
    expect([await bundles.read(name), (await readdir(directory)).filter((file) => file.endsWith('.part'))]).toEqual(['absent', []]);
  });

  it('says that it can not be written, and why', async () => {
    await writeFile(join(directory, 'file'), '');
    const bundles = fileBundles({ directory: join(directory, 'file') });

    await expect(bundles.keep(name, pieces('x'))).rejects.toMatchObject({ code: 'bundle-not-kept', retryable: true });
  });

  it.each(['../out.tar', 'shop/../../out.tar', '/out.tar', 'shop/.hidden.tar', 'shop/prod'])('refuses the name %s', async (foreign) => {
    await mkdir(join(directory, 'shop'));

    await expect(fileBundles({ directory: join(directory, 'shop') }).keep(foreign, pieces('x'))).rejects.toThrow("can't be kept as");
    expect(await readdir(join(directory, 'shop'))).toEqual([]);
  });
});
