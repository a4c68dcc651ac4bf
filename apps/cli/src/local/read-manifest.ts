import { readReleaseManifest, type Digest, type ReleaseManifest } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { documentError } from './document-error.ts';
import { readTextFile } from './read-text-file.ts';

export interface NamedManifestText {
  readonly value: ReleaseManifest;
  readonly digest: Digest;
  /** As it is kept, byte for byte. */
  readonly text: string;
}

/** The manifest of a release that a command names: a file, or `-` for stdin. */
export async function readManifest(terminal: Terminal, place: string): Promise<NamedManifestText> {
  const text = await readTextFile(terminal, place);
  const read = readReleaseManifest(text, place);
  if (read.kind === 'invalid') throw documentError(place, read.problems);
  return { value: read.value, digest: read.digest, text };
}
