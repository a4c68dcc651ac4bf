import { InvalidError, type Digest } from '@fairlead/domain';
import type { NewRegistryManifest, RegistryDescriptor } from '@fairlead/engine';
import { fallbackTag } from './list-referrers.ts';
import { readManifest } from './read-content.ts';
import { registryFault } from './registry-fault.ts';
import type { RegistryPlace } from './registry-host.ts';
import type { RegistryAnswer, RegistrySession } from './registry-session.ts';
import { digestOf, mediaTypes, parseManifest } from './schema.ts';

const actions = 'pull,push';

/** Uploads a blob in one piece (distribution spec, POST then PUT), unless it is there. */
export async function pushBlob(session: RegistrySession, place: RegistryPlace, bytes: Uint8Array): Promise<Digest> {
  const digest = digestOf(bytes);
  const what = `${place.path}@${digest}`;
  const known = await session.send({ place, url: `/v2/${place.path}/blobs/${digest}`, method: 'HEAD', actions, what });
  if (known.status === 200) return digest;
  const started = await session.send({ place, url: `/v2/${place.path}/blobs/uploads/`, method: 'POST', actions, what });
  const location = started.headers['location'];
  if (started.status !== 202 || location === undefined) throw unexpected(place, `upload of ${what}`, started);
  const target = URL.parse(location, place.origin);
  if (target === null) throw unexpected(place, `upload of ${what}`, started);
  target.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) };
  const done = await session.send({ place, url: target.href, method: 'PUT', headers, body: bytes, actions, what });
  if (done.status !== 201) throw unexpected(place, `upload of ${what}`, done);
  return digest;
}

/** Puts a manifest under its digest or a tag. Where it has a subject and the registry keeps no list of referrers, it is entered under the fallback tag. */
export async function pushManifest(
  session: RegistrySession,
  place: RegistryPlace,
  { tag, manifest: { mediaType, bytes } }: { readonly tag?: string; readonly manifest: NewRegistryManifest },
): Promise<Digest> {
  const manifest = parseManifest(bytes, mediaType);
  if (manifest === undefined) throw new InvalidError('manifest-invalid', `what is to be pushed to ${place.path} is no manifest`);
  const answer = await put(session, place, { reference: tag ?? manifest.digest, mediaType, bytes });
  const said = answer.headers['docker-content-digest'];
  if (said !== undefined && said !== manifest.digest) {
    throw registryFault('registry-digest-mismatch', place.name, `it took ${manifest.digest} for ${said}`);
  }
  const { subject } = manifest;
  if (subject !== undefined && answer.headers['oci-subject'] === undefined) {
    const { digest, artifactType, annotations, config } = manifest;
    const type = artifactType ?? config?.mediaType;
    const entry: RegistryDescriptor = {
      mediaType,
      digest,
      size: bytes.length,
      ...(type === undefined ? {} : { artifactType: type }),
      annotations,
    };
    await enter(session, place, { subject: subject.digest, entry });
  }
  return manifest.digest;
}

async function enter(
  session: RegistrySession,
  place: RegistryPlace,
  { subject, entry }: { readonly subject: Digest; readonly entry: RegistryDescriptor },
): Promise<void> {
  const reference = fallbackTag(subject);
  const index = await readManifest(session, place, { repository: place.path, reference });
  const known = index === 'absent' ? [] : index.manifests;
  if (known.some(({ digest }) => digest === entry.digest)) return;
  const next = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...known, entry] };
  await put(session, place, { reference, mediaType: mediaTypes.index, bytes: Buffer.from(JSON.stringify(next)) });
}

async function put(
  session: RegistrySession,
  place: RegistryPlace,
  { reference, mediaType, bytes }: NewRegistryManifest & { readonly reference: string },
): Promise<RegistryAnswer> {
  const what = `push of ${place.path} ${reference}`;
  const headers = { 'content-type': mediaType, 'content-length': String(bytes.length) };
  const url = `/v2/${place.path}/manifests/${reference}`;
  const answer = await session.send({ place, url, method: 'PUT', headers, body: bytes, actions, what });
  if (answer.status !== 201) throw unexpected(place, what, answer);
  return answer;
}

function unexpected(place: RegistryPlace, what: string, { status, body }: RegistryAnswer): Error {
  const said = Buffer.from(body).toString('utf8').replace(/\s+/g, ' ').slice(0, 200);
  return registryFault('registry-unexpected', place.name, `${what}: it answered ${String(status)}${said === '' ? '' : `: ${said}`}`);
}
