import { describe, expect, it } from 'vitest';
import { type FileAnswer, type FileSnapshot } from './file-snapshot.ts';
import { InputLog, type LoggedInput, stillHolds } from './input-log.ts';

const file: FileAnswer = { kind: 'file', bytes: Uint8Array.of(1, 2), digest: 'f1' };
const directory: FileAnswer = { kind: 'directory', entries: ['x', 'y'], digest: 'd1' };

function snapshot(answers: Readonly<Record<string, FileAnswer>>): FileSnapshot & { readonly looks: readonly string[] } {
  const looks: string[] = [];
  return {
    looks,
    look(path) {
      looks.push(path);
      return Promise.resolve(answers[path] ?? { kind: 'absent' });
    },
  };
}

describe('InputLog', () => {
  it('answers no more than was wanted', async () => {
    const log = new InputLog(snapshot({ file, directory }));

    expect(await log.answerLook('file', 'kind')).toEqual({ kind: 'file', payload: new Uint8Array() });
    expect(await log.answerLook('file', 'bytes')).toEqual({ kind: 'file', payload: Uint8Array.of(1, 2) });
    expect(await log.answerLook('directory', 'bytes')).toEqual({ kind: 'directory', payload: new Uint8Array() });
    expect(await log.answerLook('directory', 'names')).toEqual({ kind: 'directory', payload: Uint8Array.from(Buffer.from('x\0y\0')) });
    expect(await log.answerLook('nothing', 'bytes')).toEqual({ kind: 'absent', payload: new Uint8Array() });
  });

  it('looks once at each path, so that a render sees one state of it', async () => {
    const files = snapshot({ file });
    const log = new InputLog(files);

    await log.answerLook('file', 'kind');
    await log.answerLook('file', 'bytes');

    expect(files.looks).toEqual(['file']);
  });

  it('logs by path, with a digest only where content was read', async () => {
    const log = new InputLog(snapshot({ b: file, a: directory, c: directory, d: file }));

    await log.answerLook('d', 'bytes');
    await log.answerLook('d', 'kind');
    await log.answerLook('c', 'names');
    await log.answerLook('b', 'kind');
    await log.answerLook('a', 'bytes');
    await log.answerLook('e', 'bytes');

    expect(log.inputs.map(({ read }) => read)).toEqual([
      { path: 'a', kind: 'directory' },
      { path: 'b', kind: 'file' },
      { path: 'c', kind: 'directory', digest: 'd1' },
      { path: 'd', kind: 'file', digest: 'f1' },
      { path: 'e', kind: 'absent' },
    ]);
  });

  it.each([
    ['a text that was tried as a path', 'o/apiVersion: v1\nkind: Pod'],
    ['a longer name than any disk has', `o/${'x'.repeat(256)}`],
    ['a longer path than any disk has', 'x/'.repeat(2000).slice(0, -1)],
    ['a step out of the root', 'o/../../x'],
    ['an absolute path', '/etc/passwd'],
  ])('asks nothing about %s, which is no input', async (_what, path) => {
    const files = snapshot({ [path]: file });
    const log = new InputLog(files);

    expect(await log.answerLook(path, 'bytes')).toEqual({ kind: 'absent', payload: new Uint8Array() });
    expect(files.looks).toEqual([]);
    expect(log.inputs).toEqual([]);
  });

  it('notes that a symbolic link was met', async () => {
    const log = new InputLog(snapshot({ link: { kind: 'symlink' } }));

    expect(await log.answerLook('link', 'bytes')).toEqual({ kind: 'symlink', payload: new Uint8Array() });
    expect(log.linked).toBe(true);
  });
});

describe('stillHolds', () => {
  const read: LoggedInput = { read: { path: 'p', kind: 'file', digest: 'f1' }, digest: 'f1' };
  const entered: LoggedInput = { read: { path: 'p', kind: 'directory' }, digest: 'd1' };
  const absent: LoggedInput = { read: { path: 'p', kind: 'absent' }, digest: undefined };

  it.each([
    ['the same bytes', { input: read, now: file, holds: true }],
    ['other bytes', { input: read, now: { ...file, digest: 'f2' }, holds: false }],
    ['a file that is gone', { input: read, now: { kind: 'absent' }, holds: false }],
    ['a file that became a link', { input: read, now: { kind: 'symlink' }, holds: false }],
    [
      'a directory with other names, where only its presence mattered',
      { input: entered, now: { ...directory, digest: 'd2' }, holds: true },
    ],
    ['a directory that became a file', { input: entered, now: file, holds: false }],
    ['what is still absent', { input: absent, now: { kind: 'absent' }, holds: true }],
    ['what appeared', { input: absent, now: file, holds: false }],
  ] as const)('judges %s', async (_case, { input, now, holds }) => {
    const plain = snapshot({ p: now });
    const digest = (): Promise<string> => Promise.resolve('digest' in now ? now.digest : now.kind);

    expect(await stillHolds(input, plain)).toBe(holds);
    expect(await stillHolds(input, { ...plain, digest })).toBe(holds);
  });

  it('needs no look where the digest is the same', async () => {
    const files = snapshot({ p: file });

    expect(await stillHolds(read, { ...files, digest: () => Promise.resolve('f1') })).toBe(true);
    expect(files.looks).toEqual([]);
  });
});
