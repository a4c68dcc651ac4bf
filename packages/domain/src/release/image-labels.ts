import { sameRepository } from '../service/same-repository.ts';

/** What an image says of the source that it was built from (OCI annotations `org.opencontainers.image.revision` and `source`). */
export interface ImageLabels {
  readonly revision?: string;
  readonly source?: string;
}

export interface BuiltFrom {
  readonly repository: string;
  readonly commit: string;
}

/** `unlabelled`, `foreign`: nothing can be told. An image inherits the labels of its base image, so labels of another repository are most likely the base's. */
export type Freshness =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'unlabelled' }
  | { readonly kind: 'foreign'; readonly source: string }
  | { readonly kind: 'stale'; readonly revision: string };

/** Whether an image was built from the commit. Each platform has labels of its own; one that is stale makes the image stale. */
export function judgeFreshness(platforms: readonly ImageLabels[], { repository, commit }: BuiltFrom): Freshness {
  const foreign = platforms.flatMap(({ source }) => (source === undefined || sameRepository(source, repository) ? [] : source));
  const own = platforms.filter(({ source }) => source === undefined || sameRepository(source, repository));
  const [stale] = own.flatMap(({ revision }) => (revision === undefined || isCommit(revision, commit) ? [] : revision));
  if (stale !== undefined) return { kind: 'stale', revision: stale };
  const [other] = foreign;
  if (other !== undefined) return { kind: 'foreign', source: other };
  return platforms.length > 0 && platforms.every(({ revision }) => revision !== undefined) ? { kind: 'fresh' } : { kind: 'unlabelled' };
}

/** Some builds label with a short commit, some with `git describe --dirty`. */
function isCommit(revision: string, commit: string): boolean {
  const plain = revision.trim().toLowerCase();
  return /^[0-9a-f]{7,40}$/.test(plain) && commit.startsWith(plain);
}
