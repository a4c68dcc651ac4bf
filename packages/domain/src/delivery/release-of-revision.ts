import type { Digest } from '../evidence/digest.ts';
import type { ReleaseManifestRef } from '../release/release-manifest-ref.ts';

/** What `release-manifest.ref` says at one commit. */
export type ReferenceAtRevision =
  | { readonly kind: 'found'; readonly ref: Pick<ReleaseManifestRef, 'service' | 'release'> }
  | { readonly kind: 'absent' }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface ObservedRevision {
  readonly service: string;
  /** In the controller's own words. */
  readonly revision: string;
  /** `unnamed`: the revision names no commit. `unknown`: no repository of ours has it. */
  readonly reference: ReferenceAtRevision | { readonly kind: 'unnamed' } | { readonly kind: 'unknown' };
  /** Those of the service, as registered. */
  readonly releases: readonly { readonly digest: Digest; readonly version: string }[];
}

export type ReleaseOfRevision =
  | { readonly kind: 'release'; readonly digest: Digest; readonly version: string }
  | { readonly kind: 'none'; readonly code: NoRelease; readonly reason: string; readonly release?: Digest };

type NoRelease =
  'revision-unnamed' | 'revision-unknown' | 'reference-absent' | 'reference-invalid' | 'service-differs' | 'release-not-registered';

/** Which release a synced revision is, or why it is none. */
export function releaseOfRevision({ service, revision, reference, releases }: ObservedRevision): ReleaseOfRevision {
  switch (reference.kind) {
    case 'unnamed':
      return none('revision-unnamed', `the controller names no commit: ${revision === '' ? 'nothing' : revision}`);
    case 'unknown':
      return none('revision-unknown', `no repository of the installation has commit ${revision}`);
    case 'absent':
      return none('reference-absent', `commit ${revision} has no release-manifest.ref: the environment did not say which release it runs`);
    case 'invalid':
      return none('reference-invalid', `release-manifest.ref of commit ${revision} is invalid: ${reference.reason}`);
    case 'found':
      break;
  }
  const { release, service: named } = reference.ref;
  if (named !== service)
    return { ...none('service-differs', `commit ${revision} names a release of ${named}, not of ${service}`), release };
  const registered = releases.find(({ digest }) => digest === release);
  if (registered !== undefined) return { kind: 'release', digest: release, version: registered.version };
  return { ...none('release-not-registered', `commit ${revision} names release ${release}, which is not registered`), release };
}

function none(code: NoRelease, reason: string): Extract<ReleaseOfRevision, { readonly kind: 'none' }> {
  return { kind: 'none', code, reason };
}
