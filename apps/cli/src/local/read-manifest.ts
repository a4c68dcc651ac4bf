import { readOciPlace, readReleaseManifest, type Digest, type OciPlace, type OciUri, type ReleaseManifest } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { documentError } from './document-error.ts';
import { readTextFile } from './read-text-file.ts';

export interface NamedManifestText {
  readonly manifest: ReleaseManifest;
  readonly digest: Digest;
  /** As it is kept, byte for byte. */
  readonly text: string;
  /** Where a registry keeps it. */
  readonly uri?: OciUri;
}

/** The manifest of a release that a command names: a file, `-` for stdin, or `oci://…` in a registry. */
export async function readManifest(terminal: Terminal, place: string): Promise<NamedManifestText> {
  if (place.startsWith('oci:')) return pulled(terminal, place);
  const text = await readTextFile(terminal, place);
  const read = readReleaseManifest(text, place);
  if (read.kind === 'invalid') throw documentError(place, read.problems);
  return { manifest: read.value, digest: read.digest, text };
}

async function pulled(terminal: Terminal, place: string): Promise<NamedManifestText> {
  const { pullFrom } = await import('./wire/registry-releases.ts');
  const { read, text, uri } = await pullFrom(terminal, ociPlace(place));
  if (read.kind === 'invalid') throw documentError(place, read.problems);
  if (!place.includes('@')) terminal.stderr.write(`${place} is ${uri}\n`);
  return { manifest: read.value, digest: read.digest, text, uri };
}

export function ociPlace(text: string): OciPlace {
  const place = readOciPlace(text);
  if (place !== undefined) return place;
  throw new UsageError(`${text} is no place in a registry`, 'give it as oci://registry.example.com/team/releases:TAG or …@sha256:…');
}
