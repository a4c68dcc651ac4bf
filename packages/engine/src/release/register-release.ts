import { digestOfText, readReleaseManifest, type Actor, type Problem, type ReleaseManifest } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { StoredRelease } from '../ports/store.ts';

export type Registered =
  | { readonly kind: 'registered' | 'exists'; readonly release: StoredRelease; readonly manifest: ReleaseManifest }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'conflict'; readonly known: StoredRelease };

/** Makes a release known by its manifest. The same content in any spelling is the same release; another content for a known version is refused. */
export async function registerRelease(ports: EnginePorts, text: string, actor: Actor): Promise<Registered> {
  const read = readReleaseManifest(text, 'manifest');
  if (read.kind === 'invalid') return read;
  const { value: manifest, digest } = read;
  const { service, version } = manifest.metadata;
  const known = await ports.store.read((reader) => reader.releases.byVersion(service, version));
  if (known !== 'absent') return known.digest === digest ? { kind: 'exists', release: known, manifest } : { kind: 'conflict', known };

  const at = ports.clock.now().toISOString();
  const record = await ports.signer.sign({
    type: 'release-manifest',
    at,
    actor,
    service,
    release: digest,
    revision: manifest.source.commit,
    subjects: [{ name: `${service} ${version}`, digest: { sha256: digest.slice('sha256:'.length) } }],
    body: {
      pinned: true,
      version,
      components: manifest.components.map(({ name, image }) => `${name}=${image.repository}@${image.digest}`),
      bytes: digestOfText(text),
    },
  });
  const release: StoredRelease = { digest, service, version, manifest: text, registeredAt: at, record: record.digest };
  const inserted = await ports.store.transact(async (tx) => {
    const outcome = await tx.write.releases.insert(release);
    if (outcome === 'inserted') await tx.write.evidence.append(record);
    return outcome;
  });
  return inserted === 'inserted' ? { kind: 'registered', release, manifest } : registerRelease(ports, text, actor);
}
