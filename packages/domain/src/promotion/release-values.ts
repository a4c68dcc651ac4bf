import { isList } from '../document/is-list.ts';
import type { Json } from '../document/json.ts';
import { printDocument } from '../document/print-document.ts';
import type { Digest } from '../evidence/digest.ts';
import type { ProfileName } from '../profile/profile-name.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';

/** `values/release.yaml`: what a running service may know of its release. */
export function releaseValues(manifest: ReleaseManifest, release: Digest, profile: ProfileName): string {
  const { metadata, source, schema, seeds, profiles } = manifest;
  const own = profiles?.[profile];
  return printDocument({
    service: metadata.service,
    version: metadata.version,
    release,
    commit: source.commit,
    ...(schema === undefined ? {} : { schema: schema.id }),
    ...(seeds === undefined ? {} : { seeds: seeds.id }),
    ...(own === undefined ? {} : { profile: own }),
  });
}

/** Whether an overlay names the file anywhere: as it is, after `./`, or as the value of a `key=file`. */
export function listsFile(overlay: Json, file: string): boolean {
  if (typeof overlay === 'string') return overlay.split('=').at(-1)?.replace(/^\.\//, '') === file;
  if (typeof overlay !== 'object' || overlay === null) return false;
  const parts = isList(overlay) ? overlay : Object.values(overlay);
  return parts.some((part) => listsFile(part, file));
}
