import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import {
  bundleBytes,
  canonicalBytes,
  CommitSha,
  ImageRepository,
  preAuthenticationEncoding,
  ProvenanceDemand,
  readReleaseManifest,
  RepoPath,
  SignerName,
  statementPayloadType,
  type Digest,
  type JsonObject,
  type ReleaseManifest,
} from '@fairlead/domain';
import { registrySignatures, verifyRelease, type Registry, type SignatureCheck } from '@fairlead/engine';
import { ociRegistry } from '../registry/oci-registry.ts';
import { playedRegistry } from '../registry/testing/played-registry.ts';
import { simpleSigningType } from './cosign-layer.ts';
import { sigstoreAttestor } from './sigstore-attestor.ts';

const attestor = sigstoreAttestor();
afterAll(() => attestor[Symbol.asyncDispose]());

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const commit = CommitSha.parse('a'.repeat(40));
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

function bundleOf(statement: JsonObject): Uint8Array {
  const payload = canonicalBytes(statement);
  const keyId = hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex');
  return bundleBytes(payload, sign('sha256', preAuthenticationEncoding(statementPayloadType, payload), privateKey), keyId);
}

const hexOf = (digest: Digest): string => digest.slice('sha256:'.length);

const signature = (image: Digest): JsonObject => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ digest: { sha256: hexOf(image) } }],
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
});
const provenance = (image: Digest): JsonObject => ({
  ...signature(image),
  predicateType: 'https://slsa.dev/provenance/v0.2',
  predicate: {
    builder: { id: 'https://ci.example.com/7' },
    invocation: { configSource: { uri: 'git+https://git.example.com/shop@refs/heads/main', digest: { sha1: commit } } },
  },
});

interface Pushed {
  readonly registry: Registry;
  readonly repository: ImageRepository;
}

async function push({ registry, repository }: Pushed, manifest: JsonObject, tag?: string): Promise<Digest> {
  const bytes = canonicalBytes({ schemaVersion: 2, mediaType: manifestType, ...manifest });
  return registry.pushManifest({ repository, ...(tag === undefined ? {} : { tag }) }, { mediaType: manifestType, bytes });
}

async function blob({ registry, repository }: Pushed, bytes: Uint8Array, mediaType: string): Promise<JsonObject> {
  return { mediaType, digest: await registry.pushBlob(repository, bytes), size: bytes.length };
}

async function pushImage(at: Pushed): Promise<Digest> {
  const config = await blob(at, Buffer.from('{}'), 'application/vnd.oci.image.config.v1+json');
  return push(at, { config, layers: [] }, '1');
}

async function attach(at: Pushed, image: Digest, bundle: Uint8Array): Promise<void> {
  const config = await blob(at, Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');
  const subject = { mediaType: manifestType, digest: image, size: 1 };
  await push(at, { artifactType: bundleType, config, layers: [await blob(at, bundle, bundleType)], subject });
}

function manifestOf(repository: string, image: Digest): ReleaseManifest {
  const text = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${commit}, ref: refs/heads/main }
components: [{ name: web, image: { repository: "${repository}", digest: "${image}" } }]
`;
  const read = readReleaseManifest(text, 'release.yaml');
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.value;
}

function judge({ registry, repository }: Pushed, image: Digest): Promise<readonly SignatureCheck[]> {
  const [ci, key] = [SignerName.parse('ci'), RepoPath.parse('.fairlead/keys/ci.pub')];
  const bytes = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  return verifyRelease(attestor, {
    manifest: manifestOf(repository, image),
    bytes: new Uint8Array(),
    found: [],
    images: registrySignatures(registry),
    demands: {
      signers: [{ name: ci, key }],
      images: [ci],
      provenance: ProvenanceDemand.parse({ signers: ['ci'], builders: ['https://ci.example.com/*'] }),
    },
    refs: ['refs/heads/main'],
    trust: {
      root: '',
      files: { look: (path) => Promise.resolve(path === key ? { kind: 'file', bytes, digest: '' } : { kind: 'absent' }) },
    },
  });
}

it.each([{ referrers: true }, { referrers: false }])(
  'an image is judged by the bundles that a registry with %o keeps for it',
  async (options) => {
    await using played = await playedRegistry(options);
    const at = { registry: ociRegistry(), repository: ImageRepository.parse(`${played.host}/shop/web`) };
    const image = await pushImage(at);

    expect((await judge(at, image)).map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', because: [] },
      { kind: 'failed', because: [] },
    ]);

    await attach(at, image, bundleOf(signature(image)));
    await attach(at, image, bundleOf(provenance(image)));

    expect((await judge(at, image)).map(({ rule, outcome }) => [rule, outcome.kind])).toEqual([
      ['image-signature', 'met'],
      ['image-provenance', 'met'],
    ]);
  },
);

it('an image is judged by the tag that cosign used to keep its signatures under', async () => {
  await using played = await playedRegistry();
  const at = { registry: ociRegistry(), repository: ImageRepository.parse(`${played.host}/shop/web`) };
  const image = await pushImage(at);
  const payload = Buffer.from(
    JSON.stringify({ critical: { image: { 'docker-manifest-digest': image }, type: 'cosign container image signature' } }),
  );
  const layer = await blob(at, payload, simpleSigningType);
  const annotations = { 'dev.cosignproject.cosign/signature': sign('sha256', payload, privateKey).toString('base64') };
  await push(
    at,
    { config: await blob(at, Buffer.from('{}'), 'application/vnd.oci.image.config.v1+json'), layers: [{ ...layer, annotations }] },
    `sha256-${hexOf(image)}.sig`,
  );

  expect((await judge(at, image)).map(({ rule, outcome }) => [rule, outcome.kind])).toEqual([
    ['image-signature', 'met'],
    ['image-provenance', 'failed'],
  ]);
});
