import { describe, expect, it } from 'vitest';
import { digestOfText, ImageRepository, type Digest } from '@fairlead/domain';
import type { RegistryDescriptor, RegistryManifest } from '../ports/registry.ts';
import { registrySignatures } from './registry-signatures.ts';

const repository = ImageRepository.parse('r.example.com/web');
const digest = digestOfText('image');
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const simpleType = 'application/vnd.dev.cosign.simplesigning.v1+json';

const layer = (text: string, more: Partial<RegistryDescriptor>): RegistryDescriptor => ({
  mediaType: bundleType,
  digest: digestOfText(text),
  size: text.length,
  ...more,
});
const manifest = (of: Digest, layers: readonly RegistryDescriptor[]): RegistryManifest => ({
  digest: of,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  bytes: new Uint8Array(),
  annotations: {},
  layers,
  manifests: [],
});

/** A registry that has these manifests by reference, and the blob of any text by its digest. */
function registry(
  manifests: Readonly<Record<string, RegistryManifest>>,
  referring: readonly RegistryDescriptor[],
  texts: readonly string[],
): Parameters<typeof registrySignatures>[0] {
  const nothing = (): never => {
    throw new Error('not asked for');
  };
  return {
    manifest: ({ reference }) => Promise.resolve(manifests[reference] ?? 'absent'),
    blob({ digest: wanted }) {
      const text = texts.find((one) => digestOfText(one) === wanted);
      return Promise.resolve(text === undefined ? 'absent' : Buffer.from(text));
    },
    referrers: () => Promise.resolve(referring),
    tags: nothing,
    pushBlob: nothing,
    pushManifest: nothing,
  };
}

describe('the signatures that a registry keeps for an image', () => {
  it('are the bundles that refer to it, and no other artifacts', async () => {
    const [one, sbom] = [digestOfText('referrer'), digestOfText('sbom')];
    const referring = [
      layer('referrer', { digest: one, artifactType: bundleType }),
      layer('sbom', { digest: sbom, artifactType: 'application/spdx+json' }),
    ];

    const found = await registrySignatures(registry({ [one]: manifest(one, [layer('bundle', {})]) }, referring, ['bundle'])).of({
      repository,
      digest,
    });

    expect(found).toEqual([{ name: `r.example.com/web@${one}`, material: { kind: 'bundle', bytes: Buffer.from('bundle') } }]);
  });

  it('are the layers of cosign’s tags, with their annotations', async () => {
    const annotations = { 'dev.cosignproject.cosign/signature': 'c2ln' };
    const tag = `${digest.replace(':', '-')}.sig`;
    const kept = { [tag]: manifest(digestOfText('sig'), [layer('payload', { mediaType: simpleType, annotations })]) };

    expect(await registrySignatures(registry(kept, [], ['payload'])).of({ repository, digest })).toEqual([
      {
        name: `r.example.com/web:${tag}#1`,
        material: { kind: 'cosign-layer', bytes: Buffer.from('payload'), mediaType: simpleType, annotations },
      },
    ]);
  });

  it('are none where it has none', async () => {
    expect(await registrySignatures(registry({}, [], [])).of({ repository, digest })).toEqual([]);
  });
});
