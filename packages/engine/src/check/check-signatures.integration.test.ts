import { generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { sigstoreAttestor } from '@fairlead/adapters/signatures';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import {
  bundleBytes,
  canonicalBytes,
  digestOfText,
  preAuthenticationEncoding,
  readReleaseManifest,
  releaseStatement,
  statementPayloadType,
  type CheckReport,
  type JsonObject,
  type ReleaseManifest,
} from '@fairlead/domain';
import { memoryTree } from '../testing/memory-tree.ts';
import { checkTree } from './check-tree.ts';

const [renderer, attestor] = [wasmRenderer(), sigstoreAttestor()];
afterAll(async () => {
  await renderer[Symbol.asyncDispose]();
  await attestor[Symbol.asyncDispose]();
});

type Files = Readonly<Record<string, string>>;
const [ci, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ec', { namedCurve: 'P-256' })];
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

function signed(statement: JsonObject, { privateKey, publicKey }: typeof ci): string {
  const payload = canonicalBytes(statement);
  const signature = sign(
    privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256',
    preAuthenticationEncoding(statementPayloadType, payload),
    privateKey,
  );
  const keyId = hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex');
  return Buffer.from(bundleBytes(payload, signature, keyId)).toString();
}

const commit = 'a'.repeat(40);
const image = `sha256:${'b'.repeat(64)}`;
const text = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${commit}, ref: refs/heads/main }
components: [{ name: web, image: { repository: r.example.com/web, digest: "${image}" } }]
`;
const { manifest, release } = manifestOf(text);

function manifestOf(source: string): { readonly manifest: ReleaseManifest; readonly release: string } {
  const read = readReleaseManifest(source, 'release.yaml');
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return { manifest: read.value, release: read.digest };
}

const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
const kept = `releases/shop/${release.replace(':', '-')}.yaml`;
const attestations = `releases/shop/attestations/${image.replace(':', '-')}`;
const signers = 'signers: [{ name: ci, key: .fairlead/keys/ci.pub }]';
const demands = {
  manifest: `signatures: { ${signers}, manifests: { dev: [ci] } }`,
  image: `signatures: { ${signers}, images: { dev: [ci] } }`,
  provenance: `signatures: { ${signers} }, provenance: { dev: { signers: [ci], builders: ["https://ci.example.com/*"] } }`,
} as const;

function root(asked: string, more: Files): Files {
  return {
    '.fairlead/service.yaml': `${head('Service', 'shop')}spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: r.example.com/web }]
`,
    '.fairlead/environments/dev.yaml': `${head('Environment', 'dev')}spec:
  tier: dev
  path: environments/dev
  profile: small
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`,
    '.fairlead/profiles/small.yaml': `${head('Profile', 'small')}spec: {}\n`,
    '.fairlead/policies/signed.yaml': `${head('Policy', 'signed')}spec: { ${asked} }\n`,
    '.fairlead/keys/ci.pub': pem(ci.publicKey),
    [kept]: text,
    'environments/dev/release-manifest.ref': `apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: shop
release: ${release}
source: { repository: https://git.example.com/shop, commit: ${commit} }
manifest: ${kept}
`,
    'environments/dev/kustomization.yaml': 'resources: []\n',
    ...more,
  };
}

async function check(asked: string, more: Files = {}): Promise<CheckReport> {
  const request = { files: memoryTree(root(asked, more)), path: '', configuration: { source: 'working-tree' } } as const;
  return (await checkTree({ renderer, attestor }, request)).report;
}

const aboutSignatures = ({ findings }: CheckReport): readonly string[] =>
  findings
    .filter(({ rule }) => /-(?:signature|provenance)$/.test(rule))
    .map(({ rule, file, line, message }) => `${rule} ${file}:${String(line)} ${message}`);
const leftOpen = ({ notChecked }: CheckReport): readonly string[] =>
  notChecked.filter(({ rule }) => /-(?:signature|provenance)$/.test(rule)).map(({ rule, because }) => `${rule}: ${because}`);

describe('a manifest whose signature the policy asks for', () => {
  const ofManifest = releaseStatement(manifest, digestOfText(text));
  const place = 'manifest-signature environments/dev/release-manifest.ref:4 release shop 1.2.0 is not signed as the policy asks: ';

  it('passes with the signature of the named key, also where other signatures lie beside it', async () => {
    const bundles = [signed(ofManifest, stranger), signed(ofManifest, ci)].join('\n');

    const report = await check(demands.manifest, { [`${kept}.sig.json`]: bundles });

    expect([...aboutSignatures(report), ...leftOpen(report)]).toEqual([]);
  });

  it('passes with what cosign signs: the file itself', async () => {
    const signature = sign(null, Buffer.from(text), ci.privateKey).toString('base64');
    const bundle = {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: '' } },
      messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: hash('sha256', text, 'base64') }, signature },
    };

    expect(aboutSignatures(await check(demands.manifest, { [`${kept}.sig.json`]: JSON.stringify(bundle) }))).toEqual([]);
  });

  it('fails without a signature', async () => {
    expect(aboutSignatures(await check(demands.manifest))).toEqual([`${place}there is no signature, and one of ci is needed`]);
  });

  it('fails with the signature of another key, which it names', async () => {
    const [finding] = aboutSignatures(await check(demands.manifest, { [`${kept}.sig.json`]: signed(ofManifest, stranger) }));

    expect(finding).toContain(`${place}${kept}.sig.json, for signer ci: it was not made with the key `);
  });

  it('fails with the signature of another release', async () => {
    const other = manifestOf(text.replace('1.2.0', '1.3.0'));
    const [finding] = aboutSignatures(
      await check(demands.manifest, {
        [`${kept}.sig.json`]: signed(releaseStatement(other.manifest, digestOfText(text.replace('1.2.0', '1.3.0'))), ci),
      }),
    );

    expect(finding).toBe(
      `${place}${kept}.sig.json, for signer ci: it signs another manifest, ${other.release}, and this one is release ${release}`,
    );
  });

  it('fails where the key of the policy is missing or is none, and says whose', async () => {
    const bundle = { [`${kept}.sig.json`]: signed(ofManifest, ci) };
    const none = await check(demands.manifest, { ...bundle, '.fairlead/keys/ci.pub': 'none' });
    const secret = await check(demands.manifest, {
      ...bundle,
      '.fairlead/keys/ci.pub': ci.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });

    expect(aboutSignatures(none)).toEqual([`${place}signer ci: the file of the key holds no public key in PEM form`]);
    expect(aboutSignatures(secret)).toEqual([
      `${place}signer ci: the file of the key holds a private key: replace that key, it is public now`,
    ]);
  });
});

describe('an image whose signature the policy asks for', () => {
  const ofImage = (digest = image, predicateType = 'https://sigstore.dev/cosign/sign/v1'): JsonObject => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }],
    predicateType,
    predicate: {},
  });

  it('passes with a bundle that is kept for it', async () => {
    const report = await check(demands.image, { [`${attestations}.json`]: signed(ofImage(), ci) });

    expect([...aboutSignatures(report), ...leftOpen(report)]).toEqual([]);
  });

  it.each([
    ['over another image', ofImage(`sha256:${'c'.repeat(64)}`), `it signs another image, sha256:${'c'.repeat(64)}`],
    [
      'that only says something of it',
      ofImage(image, 'https://cyclonedx.org/bom'),
      'it says something of an image, and signs none: https://cyclonedx.org/bom',
    ],
  ])('fails with a bundle %s', async (...row) => {
    const [, statement, because] = row;

    const findings = aboutSignatures(await check(demands.image, { [`${attestations}.json`]: signed(statement, ci) }));

    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(because);
  });

  it('is not judged where no bundle is kept', async () => {
    expect(leftOpen(await check(demands.image))).toEqual([
      'image-signature: no signatures are kept in releases/shop/attestations, and asking registries takes the network: shop/dev',
    ]);
  });
});

describe('an image whose provenance the policy asks for', () => {
  const provenance = (more: object = {}): JsonObject => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: image.slice('sha256:'.length) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: { workflow: { repository: 'https://git.example.com/shop', ref: 'refs/heads/main' } },
        resolvedDependencies: [{ uri: 'git+https://git.example.com/shop@refs/heads/main', digest: { gitCommit: commit } }],
      },
      runDetails: { builder: { id: 'https://ci.example.com/7' } },
      ...more,
    },
  });

  it('passes where it was built by the named builder from the release’s commit', async () => {
    expect(aboutSignatures(await check(demands.provenance, { [`${attestations}.jsonl`]: signed(provenance(), ci) }))).toEqual([]);
  });

  it('fails with another builder', async () => {
    const elsewhere = provenance({ runDetails: { builder: { id: 'https://laptop.example.com' } } });
    const [finding] = aboutSignatures(await check(demands.provenance, { [`${attestations}.jsonl`]: signed(elsewhere, ci) }));

    expect(finding).toContain('it was built by https://laptop.example.com, and the policy knows https://ci.example.com/*');
  });
});

it('asks nothing where no policy speaks of signatures', async () => {
  const report = await check('statusMaxAge: 5m');

  expect([...aboutSignatures(report), ...leftOpen(report)]).toEqual([]);
});

it('names a signer that nobody declares', async () => {
  const { findings } = await check('signatures: { manifests: { dev: [ci] } }');

  expect(findings.map(({ message }) => message)).toContain('no document declares the signer ci');
});
