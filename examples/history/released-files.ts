import { stringify } from 'yaml';
import type { PinnedManifest } from './pinned-manifest.ts';

/** `releases/<service>/sha256-<hex>.yaml`: the manifest's own bytes, named by its digest. */
export function manifestPath({ document, digest }: PinnedManifest): string {
  return `releases/${document.metadata.service}/${digest.replace(':', '-')}.yaml`;
}

/** `release-manifest.ref`. These bytes are what a promotion writes where there is no such file:
 *  ```text
 *  apiVersion: fairlead.dev/v1
 *  kind: ReleaseManifestRef
 *  service: platform-control
 *  release: sha256:…
 *  source:
 *    repository: https://git.example.com/gpuaas/platform-control
 *    commit: …
 *  manifest: releases/platform-control/sha256-….yaml
 *  ```
 *  Block style, two spaces, these keys in this order, one newline at the end. A scalar that YAML 1.2 would not read as a string
 *  (a commit of digits alone) is in double quotes; no other is quoted. */
export function releaseReference(manifest: PinnedManifest): string {
  const { metadata, source } = manifest.document;
  return block({
    apiVersion: 'fairlead.dev/v1',
    kind: 'ReleaseManifestRef',
    service: metadata.service,
    release: manifest.digest,
    source: { repository: source.repository, commit: source.commit },
    manifest: manifestPath(manifest),
  });
}

/** `values/release.yaml`, all of it from the manifest and rewritten whole, in the style of `releaseReference`:
 *  ```text
 *  service: platform-control
 *  version: 1.41.0
 *  release: sha256:…
 *  commit: …
 *  schema: pc-schema-0186
 *  seeds: pc-seed-11
 *  profile:
 *    minCount: 3
 *  ```
 *  `profile` is the manifest's metadata of this environment's profile, in the manifest's order. */
export function releaseValues({ document, digest }: PinnedManifest, profile: string): string {
  const { metadata, source, schema, seeds, profiles } = document;
  return block({
    service: metadata.service,
    version: metadata.version,
    release: digest,
    commit: source.commit,
    schema: schema.id,
    seeds: seeds.id,
    profile: profiles[profile],
  });
}

function block(value: object): string {
  return stringify(value, { lineWidth: 0 });
}
