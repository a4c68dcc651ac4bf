import { describe, expect, it } from 'vitest';
import { memorySnapshot } from './memory-snapshot.ts';

describe('memorySnapshot', () => {
  const snapshot = memorySnapshot({ 'a/b/c.txt': 'text', 'a/d': Uint8Array.of(255), e: '' });

  it('answers a file with its bytes', async () => {
    expect(await snapshot.look('a/d')).toMatchObject({ kind: 'file', bytes: Buffer.from([255]) });
    expect(await snapshot.look('e')).toMatchObject({ kind: 'file', bytes: Buffer.from('') });
  });

  it('answers a directory with the names in it, each once', async () => {
    expect(await snapshot.look('')).toMatchObject({ kind: 'directory', entries: ['a', 'e'] });
    expect(await snapshot.look('a')).toMatchObject({ kind: 'directory', entries: ['b', 'd'] });
  });

  it.each(['f', 'a/b/c.txt/x', 'a/b/c', '/a', 'toString'])('answers that %s is absent', async (path) => {
    expect(await snapshot.look(path)).toEqual({ kind: 'absent' });
  });

  it('gives equal digests to equal content only', async () => {
    const same = memorySnapshot({ x: 'text', y: 'text', z: 'other' });
    const digest = async (path: string): Promise<unknown> => {
      const answer = await same.look(path);
      return answer.kind === 'file' && answer.digest;
    };

    expect(await digest('x')).toBe(await digest('y'));
    expect(await digest('x')).not.toBe(await digest('z'));
  });
});
