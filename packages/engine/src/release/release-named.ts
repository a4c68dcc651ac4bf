import { Digest, NotFoundError, type ReleaseManifest } from '@fairlead/domain';
import type { Store } from '../ports/store.ts';
import { manifestOf } from './manifest-of.ts';

export interface NamedRelease {
  readonly digest: Digest;
  readonly manifest: ReleaseManifest;
  /** As registered, byte for byte. */
  readonly text: string;
}

/** The release that a digest or a version of the service names. Throws `NotFoundError` (`release-unknown`). */
export async function releaseNamed(store: Store, service: string, name: string): Promise<NamedRelease> {
  const digest = Digest.safeParse(name);
  const stored = await store.read((reader) =>
    digest.success ? reader.releases.get(digest.data) : reader.releases.byVersion(service, name),
  );
  if (stored === 'absent' || stored.service !== service) {
    throw new NotFoundError('release-unknown', `service ${service} has no registered release ${name}`, {
      hint: 'fairlead release list; a new one: fairlead release register FILE',
    });
  }
  return { digest: stored.digest, manifest: await manifestOf(store, stored.digest), text: stored.manifest };
}
