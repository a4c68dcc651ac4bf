import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FileTree, TreeFile } from './file-tree.ts';
import { pathArtifactDigest } from './path-artifact-digest.ts';

const plain = (content: string): TreeFile => ({ mode: '100644', content: Buffer.from(content) });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('path artifact digest', () => {
  it('hashes mode, content hash and path, a line each', () => {
    const tree: FileTree = new Map([
      ['b.yaml', plain('two')],
      ['a/run.sh', { mode: '100755', content: Buffer.from('one') }],
    ]);

    const digest = pathArtifactDigest(tree);

    expect(digest).toBe(`sha256:${sha256(`100755 ${sha256('one')} a/run.sh\n100644 ${sha256('two')} b.yaml\n`)}`);
  });

  it('sorts by the bytes of the path, not by UTF-16 code units', () => {
    const supplementary = '\u{1f600}';
    const late = '\uff21';
    const tree: FileTree = new Map([
      [supplementary, plain('s')],
      [late, plain('l')],
    ]);

    const digest = pathArtifactDigest(tree);

    expect(digest).toBe(`sha256:${sha256(`100644 ${sha256('l')} ${late}\n100644 ${sha256('s')} ${supplementary}\n`)}`);
  });
});
