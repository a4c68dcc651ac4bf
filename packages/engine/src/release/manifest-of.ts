import { InvariantError, NotFoundError, readReleaseManifest, type Digest, type ReleaseManifest } from '@fairlead/domain';
import type { Store } from '../ports/store.ts';

/** The registered manifest of a release. */
export async function manifestOf(store: Store, digest: Digest): Promise<ReleaseManifest> {
  const stored = await store.read((reader) => reader.releases.get(digest));
  if (stored === 'absent')
    throw new NotFoundError('release-unknown', `no release ${digest} is registered`, { hint: 'fairlead release list' });
  const read = readReleaseManifest(stored.manifest, `release ${digest}`);
  if (read.kind === 'ok') return read.value;
  throw new InvariantError(
    'release-unreadable',
    `the registered manifest of ${digest} no longer reads: ${read.problems[0]?.message ?? ''}`,
  );
}
