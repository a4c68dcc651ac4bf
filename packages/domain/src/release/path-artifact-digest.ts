import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RepoPath } from '../document/repo-path.ts';
import type { FileMode } from '../desired-state/edit.ts';
import { InvalidError } from '../errors.ts';
import { digestOfBytes, type Digest } from '../evidence/digest.ts';

/** A file of an artifact: its path from the artifact's root and the digest of its content. */
export interface ArtifactFile {
  readonly mode: FileMode;
  readonly path: RepoPath;
  readonly content: Digest;
}

/** The digest of a folder: sha256 over lines `<mode> <sha256 of content> <path>\n`, sorted by the bytes of the path.
 *  Throws `InvalidError` where the lines would be ambiguous. */
export function pathArtifactDigest(files: readonly ArtifactFile[]): Digest {
  const keyed = files.map((file) => ({ ...file, bytes: utf8ToBytes(file.path) })).sort((a, b) => compareBytes(a.bytes, b.bytes));
  const seen = new Set<string>();
  const lines = keyed.map(({ mode, path, content }) => {
    if (path.includes('\n')) throw new InvalidError('path-unfit', `path ${JSON.stringify(path)} has a line feed`);
    if (seen.has(path)) throw new InvalidError('path-twice', `path ${JSON.stringify(path)} is given twice`);
    seen.add(path);
    return `${mode} ${content.slice('sha256:'.length)} ${path}\n`;
  });
  return digestOfBytes(utf8ToBytes(lines.join('')));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const differs = a.findIndex((byte, index) => byte !== b[index]);
  return differs < 0 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}
