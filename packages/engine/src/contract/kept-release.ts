import {
  documentText,
  isReleaseFile,
  readReleaseManifest,
  readReleaseManifestRef,
  type Digest,
  type ReleaseManifest,
} from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';

export interface KeptRelease {
  readonly file: string;
  readonly manifest: ReleaseManifest;
  readonly digest: Digest;
}

/** The manifests that a service root keeps under `releases/`; what is no manifest has findings of its own in `check`. */
export async function keptReleases(files: PathTree, root: string): Promise<readonly KeptRelease[]> {
  const listed = await files.files(root === '' ? 'releases' : `${root}/releases`);
  const kept: KeptRelease[] = [];
  for (const { path } of listed === 'absent' ? [] : listed.filter((file) => isReleaseFile(file.path))) {
    const answer = await files.look(path);
    const text = answer.kind === 'file' ? documentText(answer.bytes, path) : undefined;
    const read = text?.kind === 'text' ? readReleaseManifest(text.text, path) : undefined;
    if (read?.kind === 'ok') kept.push({ file: path, manifest: read.value, digest: read.digest });
  }
  return kept;
}

/** Those that a version, a digest or the beginning of one means. */
export function releasesMeant(kept: readonly KeptRelease[], named: string): readonly KeptRelease[] {
  const exact = kept.filter(({ manifest, digest }) => manifest.metadata.version === named || digest === named);
  if (exact.length > 0) return exact;
  const beginning = named.replace(/^sha256:/, '');
  return /^[0-9a-f]{7,64}$/.test(beginning) ? kept.filter(({ digest }) => digest.startsWith(`sha256:${beginning}`)) : [];
}

/** The release that the folder of an environment refers to. */
export async function referredRelease(files: PathTree, path: string): Promise<Digest | undefined> {
  const file = `${path}/release-manifest.ref`;
  const answer = await files.look(file);
  const text = answer.kind === 'file' ? documentText(answer.bytes, file) : undefined;
  const read = text?.kind === 'text' ? readReleaseManifestRef(text.text, file) : undefined;
  return read?.kind === 'ok' ? read.value.release : undefined;
}
