import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutFiles, folderFiles } from './checkout-files.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

let remote: BareRemote;
beforeEach(() => {
  remote = bareRemote();
});
afterEach(() => {
  remote.remove();
});

function write(path: string, text: string): void {
  const file = join(remote.checkout, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

const paths = (files: readonly { readonly path: string }[] | 'absent') => (files === 'absent' ? files : files.map(({ path }) => path));

describe('checkoutFiles', () => {
  it('lists what is committed or could be, not what is ignored', async () => {
    remote.push('main', { 'a/one.yaml': '1', '.gitignore': 'node_modules/\n' });
    write('a/two.yaml', '2');
    write('node_modules/x/package.json', '{}');

    const files = checkoutFiles(remote.checkout);

    expect(paths(await files.files(''))).toEqual(['.gitignore', 'a/one.yaml', 'a/two.yaml']);
    expect(paths(await files.files('a'))).toEqual(['a/one.yaml', 'a/two.yaml']);
    expect(paths(await checkoutFiles(remote.checkout).files('a'))).toEqual(['a/one.yaml', 'a/two.yaml']);
  });

  it('tells a folder from one whose name begins alike', async () => {
    remote.push('main', { 'a/one.yaml': '1', 'ab/two.yaml': '2' });
    const files = checkoutFiles(remote.checkout);

    expect(paths(await files.files('a'))).toEqual(['a/one.yaml']);
    expect(paths(await files.files('ab'))).toEqual(['ab/two.yaml']);
  });

  it('has no folder where none is, and takes a name literally', async () => {
    remote.push('main', { 'a/one.yaml': '1' });

    const files = checkoutFiles(remote.checkout);

    expect(await files.files('b')).toBe('absent');
    expect(await files.files('*')).toBe('absent');
    expect(await files.files('a/one.yaml')).toBe('absent');
  });

  it('answers with what is on disk, ignored files included', async () => {
    remote.push('main', { 'a.yaml': 'old', '.gitignore': 'secret.yaml\n' });
    write('a.yaml', 'new');
    write('secret.yaml', 's');

    const files = checkoutFiles(remote.checkout);

    expect(await files.look('a.yaml')).toMatchObject({ kind: 'file', bytes: Buffer.from('new') });
    expect((await files.look('secret.yaml')).kind).toBe('file');
  });
});

describe('folderFiles', () => {
  it('lists a folder without what belongs to tools', async () => {
    for (const path of ['b.yaml', 'a/c.yaml', '.fairlead/service.yaml', '.cache/x', 'node_modules/y']) write(`plain/${path}`, 'x');
    symlinkSync('b.yaml', join(remote.checkout, 'plain/link.yaml'));

    const files = folderFiles(join(remote.checkout, 'plain'));

    expect(paths(await files.files(''))).toEqual(['.fairlead/service.yaml', 'a/c.yaml', 'b.yaml']);
    expect(paths(await files.files('a'))).toEqual(['a/c.yaml']);
    rmSync(join(remote.checkout, 'plain'), { recursive: true });
  });
});
