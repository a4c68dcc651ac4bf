import { Digest, InvalidError } from '@fairlead/domain';
import type { Registry } from '@fairlead/engine';
import { listReferrers } from './list-referrers.ts';
import { listTags } from './list-tags.ts';
import type { OciRegistryOptions } from './options.ts';
import { pushBlob, pushManifest } from './push-content.ts';
import { fromAnyPlace, readBlob, readManifest } from './read-content.ts';
import { registryPlaces, type RegistryPlace } from './registry-host.ts';
import { RegistrySession } from './registry-session.ts';

const tagPattern = /^\w[\w.-]{0,127}$/;

/** Registries that speak the OCI distribution spec. What it calls and what it never does: README.md. */
export function ociRegistry(options: OciRegistryOptions = {}): Registry {
  const session = new RegistrySession(options);
  const placesOf = (repository: string): readonly [RegistryPlace, ...RegistryPlace[]] =>
    registryPlaces(repository, options.registries ?? []);
  const home = (repository: string): RegistryPlace => {
    const places = placesOf(repository);
    return places.at(-1) ?? places[0];
  };
  return {
    manifest(reference) {
      const byDigest = Digest.safeParse(reference.reference).success;
      if (!byDigest) requireTag(reference.reference);
      const places = placesOf(reference.repository).filter(({ resolvesTags }) => byDigest || resolvesTags);
      return fromAnyPlace(places, (place) => readManifest(session, place, reference));
    },
    blob: (blob) => fromAnyPlace(placesOf(blob.repository), (place) => readBlob(session, place, blob)),
    async referrers(subject, artifactType) {
      const found = await listReferrers(session, home(subject.repository), subject);
      return artifactType === undefined ? found : found.filter((entry) => entry.artifactType === artifactType);
    },
    tags: (repository) => listTags(session, home(repository), repository),
    pushBlob: (repository, bytes) => pushBlob(session, home(repository), bytes),
    pushManifest({ repository, tag }, manifest) {
      if (tag !== undefined) requireTag(tag);
      return pushManifest(session, home(repository), { manifest, ...(tag === undefined ? {} : { tag }) });
    },
  };
}

function requireTag(tag: string): void {
  if (tagPattern.test(tag)) return;
  const hint = 'a tag has up to 128 letters, digits and . _ -';
  throw new InvalidError('tag-invalid', `${JSON.stringify(tag)} is neither a tag nor a digest sha256:…`, { hint });
}
