import type { Digest } from '@fairlead/domain';
import { keptReleases, referredRelease, releasesMeant, type FoundEnvironment, type KeptRelease, type PathTree } from '@fairlead/engine';

export interface KeptReleases {
  /** What the environment refers to. */
  readonly current: Digest | undefined;
  readonly meant: readonly KeptRelease[];
  /** Versions of all that are kept. */
  readonly known: readonly string[];
}

export async function keptReleasesOf(
  files: PathTree,
  { path, declared }: Required<FoundEnvironment>,
  named: string | undefined,
): Promise<KeptReleases> {
  const kept = await keptReleases(files, declared.root);
  const current = await referredRelease(files, path);
  const wanted = named ?? current;
  return {
    current,
    meant: wanted === undefined ? [] : releasesMeant(kept, wanted),
    known: kept.map(({ manifest }) => manifest.metadata.version),
  };
}
