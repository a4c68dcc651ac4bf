import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readReleaseManifest } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-signatures-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Ended> => fairlead(words, { home, cwd: home });

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o600 });
  }
}

const pair = (): { readonly key: string; readonly pub: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pub: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
};

const commit = 'a'.repeat(40);
const manifest = (version: string): string => `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: ${version}, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${commit}, ref: refs/heads/main }
components: [{ name: web, image: { repository: r.example.com/web, digest: "sha256:${'b'.repeat(64)}" } }]
`;

function releaseOf(text: string): string {
  const read = readReleaseManifest(text, 'release.yaml');
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.digest;
}

describe('a manifest', () => {
  it('that CI has signed is told from one that it has not', async () => {
    const [ci, other] = [pair(), pair()];
    write({ 'release.yaml': manifest('1.2.0'), 'ci.key': ci.key, 'ci.pub': ci.pub, 'other.pub': other.pub });

    const signed = await run('release', 'sign', 'release.yaml', '--key', 'ci.key');
    expect(signed).toMatchObject({ code: 0, stdout: 'release.yaml.sig.json\n' });
    expect(await run('release', 'verify', 'release.yaml', '--key', 'ci.pub')).toMatchObject({ code: 0 });

    const byOther = await run('release', 'verify', 'release.yaml', '--key', 'other.pub');
    expect(byOther.code).toBe(1);
    expect(byOther.stdout).toContain(
      'release shop 1.2.0: not signed by other\n    release.yaml.sig.json, for signer other: it was not made with the key ',
    );

    write({ 'release.yaml': manifest('1.3.0') });
    const altered = await run('release', 'verify', 'release.yaml', '--key', 'ci.pub');
    expect(altered.code).toBe(1);
    expect(altered.stdout).toContain(`it signs another manifest, ${releaseOf(manifest('1.2.0'))}`);
    expect(JSON.stringify([signed, byOther, altered])).not.toContain(ci.key.split('\n')[1]);
  });
});

describe('a repository whose policy asks for signatures', () => {
  const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

  it('passes check once the manifest is signed, and not before', async () => {
    const ci = pair();
    const release = releaseOf(manifest('1.2.0'));
    const kept = `releases/shop/${release.replace(':', '-')}.yaml`;
    write({
      'ci.key': ci.key,
      '.gitignore': 'ci.key\n',
      '.fairlead/keys/ci.pub': ci.pub,
      '.fairlead/policies/signed.yaml': `${head('Policy', 'signed')}spec: { signatures: { signers: [{ name: ci, key: .fairlead/keys/ci.pub }], manifests: { dev: [ci] }, images: { dev: [ci] } } }\n`,
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
      [kept]: manifest('1.2.0'),
      'environments/dev/kustomization.yaml': 'resources: []\n',
      'environments/dev/release-manifest.ref': `apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: shop
release: ${release}
source: { repository: https://git.example.com/shop, commit: ${commit} }
manifest: ${kept}
`,
    });
    execFileSync('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: home });

    const before = await run('check', '--rule', 'manifest-signature');
    expect(before.code).toBe(1);
    expect(before.stdout).toContain('there is no signature, and one of ci is needed');

    await run('release', 'sign', kept, '--key', 'ci.key');
    const after = await run('check', '--rule', 'manifest-signature');
    expect(after.code).toBe(0);
    expect(readFileSync(join(home, `${kept}.sig.json`), 'utf8')).toContain('application/vnd.dev.sigstore.bundle.v0.3+json');

    const byPolicy = await run('release', 'verify', kept, '-e', 'dev');
    expect(byPolicy.code).toBe(8);
    expect(byPolicy.stdout).toContain('release shop 1.2.0: signed by ci (key ');
    expect(byPolicy.stdout).toContain('signature not checked: no signatures are kept in releases/shop/attestations');
  });
});
