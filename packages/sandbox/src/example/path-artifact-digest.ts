import { createHash } from 'node:crypto';
import { byPathBytes, type FileTree } from './file-tree.ts';

/** The digest of a folder as a release names it: sha256 over the lines `<mode> <sha256 of content> <path>\n`, sorted by the
 *  bytes of the path; `tree` holds paths relative to the artifact's root, so moving the folder keeps the digest. */
export function pathArtifactDigest(tree: FileTree): string {
  const lines = createHash('sha256');
  for (const [path, { mode, content }] of byPathBytes(tree)) lines.update(`${mode} ${sha256Hex(content)} ${path}\n`);
  return `sha256:${lines.digest('hex')}`;
}

function sha256Hex(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
