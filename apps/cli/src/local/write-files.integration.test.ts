import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeUtf8 } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFiles, type NewContent } from './write-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fl-write-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const text = (content: string, executable = false): NewContent => ({ kind: 'file', bytes: encodeUtf8(content), executable });
const files = (): readonly string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted();

describe('writeFiles', () => {
  it('writes, replaces and removes, with the folders that this makes and empties', async () => {
    mkdirSync(join(root, 'old'));
    writeFileSync(join(root, 'old/a'), 'a');
    writeFileSync(join(root, 'b'), 'b');
    chmodSync(join(root, 'b'), 0o600);

    await writeFiles(
      root,
      new Map<string, NewContent>([
        ['new/deep/c', text('c', true)],
        ['b', text('B')],
        ['old/a', { kind: 'removed' }],
      ]),
    );

    expect(files()).toEqual(['b', 'new', 'new/deep', 'new/deep/c']);
    expect(readFileSync(join(root, 'b'), 'utf8')).toBe('B');
    expect([statSync(join(root, 'b')).mode & 0o777, statSync(join(root, 'new/deep/c')).mode & 0o111]).toEqual([0o600, 0o111]);
  });

  it('leaves everything as it was where one file cannot be written', async () => {
    mkdirSync(join(root, 'folder/inside'), { recursive: true });
    mkdirSync(join(root, 'kept'));
    writeFileSync(join(root, 'kept/a'), 'a');
    const before = files();

    const writing = writeFiles(
      root,
      new Map<string, NewContent>([
        ['new/c', text('c')],
        ['kept/a', { kind: 'removed' }],
        ['folder', text('no folder any more')],
      ]),
    );

    await expect(writing).rejects.toThrow('folder is no file');
    expect(files()).toEqual(before);
    expect(readFileSync(join(root, 'kept/a'), 'utf8')).toBe('a');
  });

  it('goes through no link', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'fl-elsewhere-'));
    symlinkSync(elsewhere, join(root, 'link'));

    await expect(writeFiles(root, new Map([['link/a', text('a')]]))).rejects.toThrow('link is a symbolic link');
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  });
});
