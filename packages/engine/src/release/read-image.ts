import { Digest, ImageRef, ImageRepository, judgeFreshness, type Freshness, type ReleaseInput } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';
import { inspectImage } from './inspect-image.ts';

type Image = ReleaseInput['components'][number]['image'];

export interface BuiltCommit {
  readonly repository: string;
  readonly commit: string;
}

export type ReadImage =
  | { readonly kind: 'read'; readonly image: Image; readonly freshness?: Freshness }
  | { readonly kind: 'wrong'; readonly because: string; readonly fix: string };

export interface ImageToRead {
  /** The repository that the service names. */
  readonly declared: string | undefined;
  readonly registry?: Registry;
  readonly built: BuiltCommit;
}

/** An image as it was given on a command line, by digest or by a tag that a registry resolves. */
export async function readImage(text: string, asked: ImageToRead): Promise<ReadImage> {
  const { registry, built } = asked;
  const named = placeIn(text, asked);
  if ('kind' in named) return named;
  const { repository, reference } = named;
  if (registry === undefined) return { kind: 'read', image: { repository, digest: reference } };
  const found = await inspectImage(registry, { repository, reference });
  if (found === 'absent') {
    const shown = `${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    return { kind: 'wrong', because: `the registry has no ${shown}`, fix: 'push the image first, or correct the name' };
  }
  const { digest, platforms, configs, labels } = found;
  const freshness = judgeFreshness(labels, built);
  if (freshness.kind === 'stale') return stale(freshness.revision, built);
  const recorded = Object.keys(platforms).length === 0 ? {} : { platforms, configs };
  return { kind: 'read', image: { repository, digest, ...recorded }, freshness };
}

/** What people have to know of an image that was let pass. */
export function noteOf(freshness: Freshness | undefined): string | undefined {
  switch (freshness?.kind) {
    case undefined:
    case 'fresh':
    case 'stale':
      return undefined;
    case 'unlabelled':
      return 'its image has no label org.opencontainers.image.revision, so that nobody can tell which commit it was built from';
    case 'foreign':
      return `its labels are of ${freshness.source}, most likely its base image's, so that nobody can tell which commit it was built from`;
  }
}

type Wrong = Extract<ReadImage, { readonly kind: 'wrong' }>;

interface Place {
  readonly repository: ImageRepository;
  /** A digest or a tag. */
  readonly reference: string;
}

function placeIn(text: string, asked: ImageToRead): Place | Wrong {
  const { declared } = asked;
  if (text === '') return { kind: 'wrong', because: 'no image is given', fix: fixFor(declared) };
  if (Digest.safeParse(text).success) {
    const repository = ImageRepository.safeParse(declared);
    if (repository.success) return { repository: repository.data, reference: text };
    return { kind: 'wrong', because: `no repository is known for ${text}`, fix: fixFor(declared) };
  }
  if (!ImageRef.safeParse(text).success) return tagged(text, asked);
  const [name, digest = ''] = text.split('@');
  return { repository: ImageRepository.parse(name), reference: digest };
}

function tagged(text: string, { declared, registry }: ImageToRead): Place | Wrong {
  const [, name, tag] = /^(.+):(\w[\w.-]{0,127})$/.exec(text) ?? [];
  const repository = ImageRepository.safeParse(name);
  const fix = fixFor(declared);
  if (tag === undefined || !repository.success) return { kind: 'wrong', because: unpinned(text), fix };
  if (registry !== undefined) return { repository: repository.data, reference: tag };
  return { kind: 'wrong', because: `${text} has a tag, which decides nothing`, fix: `${fix}, or leave --offline out to have it resolved` };
}

function fixFor(declared: string | undefined): string {
  return `give it as ${declared ?? 'repository'}@sha256:…`;
}

function unpinned(text: string): string {
  const tagged = /:[\w][\w.-]*(?:@|$)/.test(text.slice(text.lastIndexOf('/') + 1));
  return tagged ? `${text} has a tag, which decides nothing` : `${text} is not pinned by a digest`;
}

function stale(revision: string, { commit }: BuiltCommit): Wrong {
  const because = `its image was built from ${revision.slice(0, 60)} (org.opencontainers.image.revision), the release is of ${commit}`;
  return { kind: 'wrong', because, fix: 'build and push the image of this commit, then give its digest' };
}
