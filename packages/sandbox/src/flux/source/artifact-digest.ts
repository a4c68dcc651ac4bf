import { createHash } from 'node:crypto';

import { type FileSnapshot } from '@fairlead/renderer';

export interface ArtifactDigest {
  readonly digest: string;
  /** Of the files, which the real controller packs. */
  readonly size: number;
}

/** Names the content of an artifact: equal files, equal digest, whatever the commit. The real digest is that of the packed files. */
export async function artifactDigest(files: FileSnapshot, ignore = ''): Promise<ArtifactDigest> {
  const hash = createHash('sha256').update(ignore);
  const size = await addFolder(files, '', hash);
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

async function addFolder(files: FileSnapshot, path: string, hash: ReturnType<typeof createHash>): Promise<number> {
  const folder = await files.look(path);
  if (folder.kind !== 'directory') return 0;
  let size = 0;
  for (const name of folder.entries.toSorted()) {
    const inner = path === '' ? name : `${path}/${name}`;
    const answer = await files.look(inner);
    if (answer.kind === 'directory') size += await addFolder(files, inner, hash);
    else if (answer.kind === 'file') {
      hash.update(JSON.stringify([inner, answer.digest]));
      size += answer.bytes.length;
    }
  }
  return size;
}
