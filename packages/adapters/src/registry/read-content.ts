import { Digest, UpstreamError } from '@fairlead/domain';
import type { BlobReference, RegistryManifest } from '@fairlead/engine';
import { registryFault } from './registry-fault.ts';
import type { RegistryPlace } from './registry-host.ts';
import type { RegistryAnswer, RegistrySession } from './registry-session.ts';
import { digestOf, mediaTypes, parseManifest } from './schema.ts';

/** The distribution spec asks registries to take manifests of at least this size, and most take no more. */
export const maxManifestBytes = 4 * 1024 * 1024;

/** A manifest at one place, verified where it was asked for by digest or the registry says which one it is. */
export async function readManifest(
  session: RegistrySession,
  place: RegistryPlace,
  { repository, reference }: { readonly repository: string; readonly reference: string },
): Promise<RegistryManifest | 'absent'> {
  const what = `${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
  const answer = await session.send({
    place,
    url: `/v2/${place.path}/manifests/${reference}`,
    headers: { accept: Object.values(mediaTypes).join(', ') },
    actions: 'pull',
    maxBodyBytes: maxManifestBytes,
    what,
  });
  if (answer.status === 404) return 'absent';
  const bytes = bodyOf(answer, { place, what, maxBytes: maxManifestBytes });
  const digest = digestOf(bytes);
  for (const expected of [reference, answer.headers['docker-content-digest']]) {
    if (expected !== undefined && Digest.safeParse(expected).success && expected !== digest)
      throw mismatch(place, what, { expected, digest });
  }
  const manifest = parseManifest(bytes, answer.headers['content-type']);
  if (manifest === undefined) throw registryFault('registry-unexpected', place.name, `${what}: what it answered is no manifest`);
  return manifest;
}

/** A blob at one place, verified. */
export async function readBlob(
  session: RegistrySession,
  place: RegistryPlace,
  { repository, digest: expected, maxBytes }: BlobReference,
): Promise<Uint8Array | 'absent'> {
  const what = `${repository}@${expected}`;
  const url = `/v2/${place.path}/blobs/${expected}`;
  const answer = await session.send({ place, url, actions: 'pull', maxBodyBytes: maxBytes, what });
  if (answer.status === 404) return 'absent';
  const bytes = bodyOf(answer, { place, what, maxBytes });
  const digest = digestOf(bytes);
  if (digest !== expected) throw mismatch(place, what, { expected, digest });
  return bytes;
}

/** The first place that has it. One that fails or lies is passed over as long as another is left. */
export async function fromAnyPlace<T>(
  places: readonly RegistryPlace[],
  read: (place: RegistryPlace) => Promise<T | 'absent'>,
): Promise<T | 'absent'> {
  for (const [index, place] of places.entries()) {
    const last = index === places.length - 1;
    const found = await read(place).catch((error: unknown) => {
      if (last || !(error instanceof UpstreamError)) throw error;
      return 'absent' as const;
    });
    if (found !== 'absent' || last) return found;
  }
  return 'absent';
}

interface Expected {
  readonly place: RegistryPlace;
  readonly what: string;
  readonly maxBytes: number;
}

function bodyOf({ status, body, truncated }: RegistryAnswer, { place, what, maxBytes }: Expected): Uint8Array {
  if (status !== 200) throw registryFault('registry-unexpected', place.name, `${what}: it answered ${String(status)}`);
  if (truncated) throw registryFault('registry-too-large', place.name, `${what} has more than ${String(maxBytes)} bytes`);
  return body;
}

function mismatch(
  place: RegistryPlace,
  what: string,
  { expected, digest }: { readonly expected: string; readonly digest: string },
): UpstreamError {
  return registryFault(
    'registry-digest-mismatch',
    place.name,
    `asked for ${what}, it should be ${expected}, but what it sent is ${digest}`,
  );
}
