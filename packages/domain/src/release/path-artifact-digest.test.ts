import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepoPath } from '../document/repo-path.ts';
import { InvalidError } from '../errors.ts';
import { digestOfBytes } from '../evidence/digest.ts';
import { pathArtifactDigest, type ArtifactFile } from './path-artifact-digest.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const file = (path: string, content = '', mode: ArtifactFile['mode'] = '100644'): ArtifactFile => {
  return { mode, path: RepoPath.parse(path), content: digestOfBytes(bytes(content)) };
};

describe('the digest of a folder', () => {
  it('is over one line for each file, sorted by the bytes of the path', () => {
    const empty = digestOfBytes(bytes('')).slice(7);
    // In UTF-16 the emoji would come before U+FFFD.
    const lines = ['B', 'a', 'a/b', 'ab', '\uFFFD', '😀'].map((path) => `100644 ${empty} ${path}\n`);

    expect(pathArtifactDigest(['😀', 'ab', '\uFFFD', 'a', 'B', 'a/b'].map((path) => file(path)))).toBe(
      digestOfBytes(bytes(lines.join(''))),
    );
  });

  it('of no file is that of no text', () => {
    expect(pathArtifactDigest([])).toBe(digestOfBytes(bytes('')));
  });

  it.each([
    ['a mode', file('a', 'x', '100755')],
    ['a content', file('a', 'y')],
    ['a path', file('b', 'x')],
  ])('changes with %s', (_, changed) => {
    expect(pathArtifactDigest([changed])).not.toBe(pathArtifactDigest([file('a', 'x')]));
  });

  it('does not depend on the order of the files', () => {
    const files = ['a', 'a/b', 'a-b', 'é', 'z'].map((path) => file(path, path));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(pathArtifactDigest(shuffled)).toBe(pathArtifactDigest(files));
      }),
    );
  });

  it('is refused where lines would be ambiguous', () => {
    expect(() => pathArtifactDigest([file('a'), file('b'), file('a')])).toThrow(new InvalidError('path-twice', 'path "a" is given twice'));
    expect(() => pathArtifactDigest([file('a\nb')])).toThrow(new InvalidError('path-unfit', 'path "a\\nb" has a line feed'));
  });
});
