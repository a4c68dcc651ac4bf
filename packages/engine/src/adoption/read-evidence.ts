import { decodeUtf8, readAdoptionEvidence, type AdoptionEvidence } from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';

export interface ReadEvidence {
  readonly evidence: readonly AdoptionEvidence[];
  /** Files that hold none, and nobody knows why. */
  readonly unreadable: readonly string[];
}

/** What scripts have left in the `evidence` folder of a service root. */
export async function readEvidence(files: PathTree, root: string): Promise<ReadEvidence> {
  const folder = root === '' ? 'evidence' : `${root}/evidence`;
  const listed = await files.files(folder);
  const evidence: AdoptionEvidence[] = [];
  const unreadable: string[] = [];
  for (const { path } of listed === 'absent' ? [] : listed.filter((file) => file.path.endsWith('.json'))) {
    const answer = await files.look(path);
    const read = answer.kind === 'file' ? readAdoptionEvidence(jsonOf(decodeUtf8(answer.bytes) ?? '')) : undefined;
    if (read === undefined) unreadable.push(path);
    else evidence.push(...read);
  }
  return { evidence, unreadable };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
