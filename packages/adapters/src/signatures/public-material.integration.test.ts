import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  digestOfBytes,
  ImageRepository,
  ProvenanceDemand,
  readReleaseManifest,
  RepoPath,
  signatureDemands,
  SignerName,
  TrustedSigner,
  type ReleaseManifest,
} from '@fairlead/domain';
import { verifyRelease, type FoundMaterial, type SignatureOutcome } from '@fairlead/engine';
import { sigstoreAttestor } from './sigstore-attestor.ts';

const attestor = sigstoreAttestor();
afterAll(() => attestor[Symbol.asyncDispose]());

const file = (name: string): Buffer => readFileSync(new URL(`./fixtures/conformance/${name}`, import.meta.url));
const artifact = file('a.txt');
const trustedRoot = JSON.stringify(z.record(z.string(), z.json()).parse(JSON.parse(file('trusted-roots.json').toString()))['public']);

/** A bundle that a workflow on GitHub had the public Sigstore instance sign. */
function real(name: string): FoundMaterial {
  const Case = z.object({ name: z.string(), bundle: z.string() });
  const cases = file('cases.jsonl')
    .toString()
    .trim()
    .split('\n')
    .map((line) => Case.parse(JSON.parse(line)));
  const bundle = cases.find((one) => one.name === name)?.bundle ?? '';
  return { name, material: { kind: 'bundle', bytes: Buffer.from(bundle) } };
}

const repository = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const workflow = `${repository}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`;

function signer(subject: string, issuer = 'https://token.actions.githubusercontent.com'): TrustedSigner {
  return TrustedSigner.parse({ name: 'workflow', keyless: { issuer, subject }, trustedRoot: '.fairlead/trust/sigstore.json' });
}

function manifestOf(commit: string): ReleaseManifest {
  const text = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: beacon, version: 1.0.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: "${repository}", commit: ${commit}, ref: refs/heads/main }
components: [{ name: web, image: { repository: r.example.com/web, digest: "${digestOfBytes(artifact)}" } }]
`;
  const read = readReleaseManifest(text, 'release.yaml');
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.value;
}

interface Asked {
  readonly by: TrustedSigner;
  readonly commit?: string;
  readonly demand?: object;
}

async function judge(found: FoundMaterial, { by, commit = 'a'.repeat(40), demand }: Asked): Promise<SignatureOutcome | undefined> {
  const names = [SignerName.parse('workflow')];
  const provenance = ProvenanceDemand.parse({
    signers: names,
    builders: ['https://github.com/*/.github/workflows/release.yml@*'],
    ...demand,
  });
  const settings = {
    signers: [by],
    images: {},
    manifests: demand === undefined ? { dev: names } : {},
    provenance: demand === undefined ? {} : { dev: provenance },
  };
  const demands = signatureDemands(settings, 'dev');
  if (demands === 'none') throw new Error('nothing is asked');
  const path = RepoPath.parse('.fairlead/trust/sigstore.json');
  const [check] = await verifyRelease(attestor, {
    manifest: manifestOf(commit),
    bytes: artifact,
    found: [found],
    images: { of: ({ repository: asked }) => Promise.resolve(asked === ImageRepository.parse('r.example.com/web') ? [found] : []) },
    demands,
    refs: ['refs/heads/main'],
    trust: {
      root: '',
      files: {
        look: (asked) =>
          Promise.resolve(asked === path ? { kind: 'file', bytes: Buffer.from(trustedRoot), digest: '' } : { kind: 'absent' }),
      },
    },
  });
  return check?.outcome;
}

describe('a manifest that a workflow signed by its identity alone', () => {
  it.each([workflow, `${repository}/.github/workflows/*@refs/heads/main`])('passes where the policy names %s', async (subject) => {
    expect(await judge(real('happy-path-v0.3'), { by: signer(subject) })).toMatchObject({ kind: 'met', identity: { subject: workflow } });
  });

  it.each([
    ['another workflow', signer(`${repository}/.github/workflows/release.yml@refs/heads/main`)],
    ['another branch', signer(workflow.replace('main', 'stable'))],
    ['another issuer', signer(workflow, 'https://accounts.example.com')],
  ])('fails where the policy names %s, and says who signed it', async (...row) => {
    const outcome = await judge(real('happy-path-v0.3'), { by: row[1] });

    expect(JSON.stringify(outcome)).toContain(
      `${workflow} signed it, vouched for by https://token.actions.githubusercontent.com; the policy asks for `,
    );
  });
});

describe('provenance that GitHub made', () => {
  const bundle = real('happy-path-intoto-in-dsse-v3');
  const { payload } = z
    .object({ dsseEnvelope: z.object({ payload: z.string() }) })
    .parse(JSON.parse(Buffer.from(bundle.material.bytes).toString())).dsseEnvelope;
  const Source = z.object({
    predicate: z.object({
      buildDefinition: z.object({ resolvedDependencies: z.tuple([z.object({ digest: z.object({ gitCommit: z.string() }) })]) }),
    }),
  });
  const commit = Source.parse(JSON.parse(Buffer.from(payload, 'base64').toString())).predicate.buildDefinition.resolvedDependencies[0]
    .digest.gitCommit;

  const demand = {
    repository: 'https://github.com/loosebazooka/aa-test',
    builders: ['https://github.com/loosebazooka/aa-test/.github/workflows/provenance.yaml@refs/heads/main'],
  };

  it('holds for the image of the release that was built from its commit', async () => {
    expect(await judge(bundle, { by: signer(workflow), commit, demand })).toMatchObject({ kind: 'met' });
  });

  it('holds for no release of another commit', async () => {
    expect(JSON.stringify(await judge(bundle, { by: signer(workflow), demand }))).toContain(
      `it was built from commit ${commit}, and the release from aaaa`,
    );
  });

  it('holds for no other builder, and from no other repository, and says which they are', async () => {
    const outcome = JSON.stringify(await judge(bundle, { by: signer(workflow), commit, demand: {} }));

    expect(outcome).toContain(
      'it was built by https://github.com/loosebazooka/aa-test/.github/workflows/provenance.yaml@refs/heads/main, and the policy knows ',
    );
    expect(outcome).toContain(`it was built from https://github.com/loosebazooka/aa-test, not from ${repository}`);
  });
});
