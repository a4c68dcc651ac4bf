import { RepoPath, type CheckReport } from '@fairlead/domain';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { afterAll, describe, expect, it } from 'vitest';
import type { SourceHistory } from '../ports/source-history.ts';
import { memoryTree } from '../testing/memory-tree.ts';
import { checkTree } from './check-tree.ts';

const renderer = wasmRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

type Files = Readonly<Record<string, string>>;

/** A checkout that has every commit on every ref. */
const source: SourceHistory = { origin: 'git@git.example.com:shop', isOn: () => Promise.resolve(true) };

async function check(files: Files, path = '', ports: { readonly source?: SourceHistory } = { source }): Promise<CheckReport> {
  const at = path === '' ? '' : RepoPath.parse(path);
  const { report } = await checkTree(
    { renderer, ...ports },
    { files: memoryTree(files), path: at, configuration: { source: 'working-tree' } },
  );
  return report;
}

const shown = ({ findings }: CheckReport): readonly string[] =>
  findings.map(
    ({ rule, file, line, environment }) => `${rule} ${file}:${String(line)}${environment === undefined ? '' : ` ${environment}`}`,
  );

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const deployment = (image: string, name = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    spec:
      containers:
        - name: ${name}
          image: ${image}
`;
const pinned = `r.example.com/web@${digest('b')}`;

describe('a repository without any Fairlead file', () => {
  const plain: Files = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment(pinned),
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamespace: prod\n',
    'overlays/test/kustomization.yaml': 'resources: [../../base]\n',
    'parts/tls/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
  };

  it('is judged as far as it goes, and says what is not judged', async () => {
    const report = await check(plain);

    expect(report.findings).toEqual([]);
    expect(report.summary.environments).toBe(2);
    expect(report.notChecked).toContainEqual({
      rule: 'image-not-in-release',
      because: 'no release reference: overlays/prod, overlays/test',
    });
  });

  it('takes the path that it is given', async () => {
    expect((await check(plain, 'base')).summary.environments).toBe(1);
    expect((await check(plain, 'overlays/prod')).summary.environments).toBe(1);
  });

  it('has no finding for a base tag that an overlay pins', async () => {
    const files = { ...plain, 'base/web.yaml': deployment('web:1.2.0') };
    const images = `images: [{ name: web, newName: r.example.com/web, digest: "${digest('b')}" }]\n`;
    const overlays = {
      'overlays/prod/kustomization.yaml': `resources: [../../base]\n${images}`,
      'overlays/test/kustomization.yaml': `resources: [../../base]\n${images}`,
    };

    expect(shown(await check({ ...files, ...overlays }))).toEqual([]);
  });
});

describe('what only an operator knows to be an image', () => {
  it('is named as not judged', async () => {
    const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db }\nspec: { imageName: "postgresql:18" }\n';

    const report = await check({ 'env/kustomization.yaml': 'resources: [db.yaml]\n', 'env/db.yaml': cluster });

    expect(report.findings).toEqual([]);
    expect(report.notChecked).toContainEqual({
      rule: 'image-not-pinned',
      because: 'images that operators read from their own fields: Cluster.postgresql.cnpg.io',
    });
  });
});

describe('where an image finding points', () => {
  const one = (kustomization: string, more: Files): Files => ({ 'env/kustomization.yaml': kustomization, ...more });

  it('to the entry that decided, the outermost first', async () => {
    const files = one('resources: [../base]\nimages:\n  - name: web\n    newTag: "2"\n', {
      'base/kustomization.yaml': 'resources: [web.yaml]\nimages:\n  - name: web\n    newTag: "1"\n',
      'base/web.yaml': deployment('web'),
    });

    const report = await check(files);

    expect(shown(report)).toEqual(['image-not-pinned env/kustomization.yaml:4 env']);
    expect(report.findings[0]).toMatchObject({ pointer: '/images/0/newTag', object: { kind: 'Deployment', name: 'web' } });
  });

  it('to the entry of the base where the overlay has none', async () => {
    const files = one('resources: [../base]\n', {
      'base/kustomization.yaml': 'resources: [web.yaml]\nimages:\n  - name: web\n    newTag: "1"\n',
      'base/web.yaml': deployment('web'),
    });

    expect(shown(await check(files))).toEqual(['image-not-pinned base/kustomization.yaml:4 env']);
  });

  it('to the line of the file that the object comes from, whatever its name has become', async () => {
    const files = one('resources: [../base]\nnamePrefix: prod-\n', {
      'base/kustomization.yaml': 'resources: [web.yaml, other.yaml]\n',
      'base/web.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n---\n${deployment('web:1')}`,
      'base/other.yaml': deployment(pinned, 'other'),
    });

    expect(shown(await check(files))).toEqual(['image-not-pinned base/web.yaml:13 env']);
  });

  it('to the line whose tag an entry without tag has renamed', async () => {
    const files = one('resources: [web.yaml]\nimages: [{ name: web, newName: r.example.com/web }]\n', {
      'env/web.yaml': deployment('web:1'),
    });

    expect(shown(await check(files))).toEqual(['image-not-pinned env/web.yaml:9 env']);
  });

  it('to the patch that set it, in a file or in the kustomization', async () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: "web:2" }] } } }\n';
    const inline = `patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec:\n        template:\n          spec:\n            containers:\n              - name: web\n                image: web:2\n`;

    const [inFile, inKustomization] = await Promise.all([
      check(
        one('resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n', { 'env/web.yaml': deployment(pinned), 'env/patch.yaml': patch }),
      ),
      check(one(`resources: [web.yaml]\n${inline}`, { 'env/web.yaml': deployment(pinned) })),
    ]);

    expect(shown(inFile)).toEqual(['image-not-pinned env/patch.yaml:4 env']);
    expect(shown(inKustomization)).toEqual(['image-not-pinned env/kustomization.yaml:3 env']);
  });

  it('once for all containers of one place', async () => {
    const files = one('resources: [a.yaml, b.yaml]\nimages: [{ name: web, newTag: "1" }]\n', {
      'env/a.yaml': deployment('web', 'a'),
      'env/b.yaml': deployment('web', 'b'),
    });

    const { findings } = await check(files);

    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('it runs in a of Deployment a (and 1 more)');
  });
});

describe('a service root', () => {
  const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  const manifest = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components:
  - name: web
    image: { repository: r.example.com/web, digest: "${digest('b')}" }
`;
  const release = 'sha256:64fdcf3e7b1d5ae90d6bb9baaf3c6dda0c3a5a8d0d4e0b1b5b6a1e4f8c1b2d3e';

  const root = (made: string): Files => ({
    'shop/.fairlead/service.yaml': `${head('Service', 'shop')}spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: r.example.com/web }]
  thirdPartyImages: [r.example.com/nats@${digest('e')}]
  clusterScoped: []
`,
    'shop/.fairlead/environments/dev.yaml': `${head('Environment', 'dev')}spec:
  tier: dev
  path: environments/dev
  profile: small
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`,
    'shop/.fairlead/profiles/small.yaml': `${head('Profile', 'small')}spec: { namespaces: [shop], secretStores: [{ kind: SecretStore, name: vault }] }\n`,
    [`shop/releases/shop/${made.replace(':', '-')}.yaml`]: manifest,
    'shop/environments/dev/release-manifest.ref': `apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: shop
release: ${made}
source: { repository: https://git.example.com/shop, commit: ${'a'.repeat(40)} }
manifest: releases/shop/${made.replace(':', '-')}.yaml
`,
    'shop/environments/dev/kustomization.yaml': `resources: [web.yaml]\nimages:\n  - name: web\n    newName: r.example.com/web\n    digest: ${digest('b')}\n`,
    'shop/environments/dev/web.yaml': deployment('web:1'),
  });

  /** The digest is what the file's own name gives away when it is wrong. */
  async function sound(): Promise<Files> {
    const { findings } = await check(root(release));
    const real = findings
      .map(({ message }) => /holds release (sha256:[0-9a-f]{64})/.exec(message)?.[1])
      .find((found) => found !== undefined);
    return root(real ?? release);
  }
  const overlay = 'shop/environments/dev/kustomization.yaml';
  const reference = 'shop/environments/dev/release-manifest.ref';
  const edited = (files: Files, path: string, edit: (text: string) => string): Files => ({ ...files, [path]: edit(files[path] ?? '') });

  it('passes whole, from any folder in it', async () => {
    const files = await sound();

    for (const path of ['', 'shop', 'shop/environments/dev']) {
      expect(await check(files, path)).toMatchObject({ findings: [], notChecked: [], summary: { environments: 1 } });
    }
  });

  it('names a tag in place of a digest, with the digest that the release has', async () => {
    const report = await check(edited(await sound(), overlay, (text) => text.replace(/digest: .*/, 'newTag: 1.3.0')));

    expect(shown(report)).toEqual([`image-not-pinned ${overlay}:5 shop/dev`]);
    expect(report.findings[0]?.fix).toBe(`write digest: ${digest('b')} in place of newTag: 1.3.0, as release 1.2.0 has it`);
  });

  it('names another digest than the release’s, and an image that nobody declared', async () => {
    const files = edited(await sound(), overlay, (text) =>
      text.replace(digest('b'), digest('c')).replace('[web.yaml]', '[web.yaml, redis.yaml, nats.yaml]'),
    );
    const more = {
      'shop/environments/dev/redis.yaml': deployment(`r.example.com/redis@${digest('d')}`, 'redis'),
      'shop/environments/dev/nats.yaml': deployment(`r.example.com/nats@${digest('e')}`, 'nats'),
    };

    expect(shown(await check({ ...files, ...more }))).toEqual([
      `image-not-in-release ${overlay}:5 shop/dev`,
      'image-not-in-release shop/environments/dev/redis.yaml:9 shop/dev',
    ]);
  });

  it('names two entries of one component', async () => {
    const files = edited(await sound(), overlay, (text) => `${text}  - name: r.example.com/web\n    digest: ${digest('b')}\n`);

    expect(shown(await check(files))).toEqual([`image-ambiguous ${overlay}:6`]);
  });

  it('names a release whose commit is on no protected ref, and says where that can not be told', async () => {
    const files = await sound();
    const lacking = { ...source, isOn: () => Promise.resolve('unknown' as const) };
    const open = async (ports: { readonly source?: SourceHistory }): Promise<readonly string[]> =>
      (await check(files, '', ports)).notChecked.map(({ rule, because }) => `${rule}: ${because}`);

    expect(shown(await check(files, '', { source: { ...source, isOn: () => Promise.resolve(false) } }))).toEqual([
      `release-source ${reference}:5 shop/dev`,
    ]);
    expect(await open({ source: lacking })).toEqual([
      'release-source: the checkout lacks commit aaaaaaaaaaaa, or refs/heads/main: shop/dev',
    ]);
    expect(await open({})).toEqual(['release-source: this checkout is not https://git.example.com/shop: shop/dev']);
  });

  it('names an unknown release, and judges images by nothing then', async () => {
    const files = edited(await sound(), reference, (text) => text.replaceAll(/sha256([:-])[0-9a-f]{64}/g, `sha256$1${'9'.repeat(64)}`));

    const report = await check(files);

    expect(shown(report)).toEqual([`release-unknown ${reference}:6 shop/dev`]);
    expect(report.notChecked).toContainEqual({ rule: 'image-not-in-release', because: 'the release is not known: shop/dev' });
  });

  it('names a manifest that is not what its name and its reference say', async () => {
    const files = await sound();
    const kept = Object.keys(files).find((path) => path.startsWith('shop/releases/')) ?? '';

    expect(shown(await check(edited(files, kept, (text) => text.replace('1.2.0', '1.2.1'))))).toEqual([
      `release-digest-mismatch ${reference}:4 shop/dev`,
      `release-digest-mismatch ${kept}:1`,
    ]);
  });

  it('names what is wrong with a reference and with a manifest, by line', async () => {
    const files = await sound();
    const kept = Object.keys(files).find((path) => path.startsWith('shop/releases/')) ?? '';
    const wrong = edited(
      edited(files, reference, (text) => text.replace('service: shop', 'service: Shop')),
      kept,
      (text) => text.replace(/digest: .*/, 'tag: 1 }'),
    );

    expect(shown(await check(wrong))).toEqual([
      `release-ref-invalid ${reference}:3`,
      `document-invalid ${kept}:7`,
      `document-invalid ${kept}:7`,
    ]);
  });

  it('says that there is no reference', async () => {
    const files = Object.fromEntries(Object.entries(await sound()).filter(([path]) => path !== reference));

    const report = await check(files);

    expect(report.findings).toEqual([]);
    expect(report.notChecked.map(({ rule, because }) => `${rule}: ${because}`)).toContain(
      'image-not-in-release: no release reference: shop/dev',
    );
  });

  it('judges what is left when its own documents are wrong', async () => {
    const files = edited(
      edited(await sound(), 'shop/.fairlead/service.yaml', (text) => text.replace('kind: Service', 'kind: Servise')),
      overlay,
      (text) => text.replace(/digest: .*/, 'newTag: "2"'),
    );

    expect(shown(await check(files))).toEqual([
      'document-invalid shop/.fairlead/service.yaml:2',
      `image-not-pinned ${overlay}:5 shop/environments/dev`,
    ]);
  });
});

describe('what does not render', () => {
  const env = (kustomization: string, more: Files = {}): Files => ({ 'env/kustomization.yaml': kustomization, ...more });

  it.each([
    ['a remote base', env('resources:\n  - https://git.example.com/base?ref=v1\n'), 'remote-base env/kustomization.yaml:2 env'],
    ['a path out of the repository', env('resources:\n  - ../../elsewhere\n'), 'render-failed env/kustomization.yaml:2 env'],
    [
      'a missing file, named in a base',
      env('resources: [../base]\n', { 'base/kustomization.yaml': 'resources:\n  - a.yaml\n' }),
      'render-failed base/kustomization.yaml:2 env',
    ],
    ['a chart', env('helmCharts: [{ name: x, repo: "https://charts.example.com" }]\n'), 'remote-base env/kustomization.yaml:1 env'],
    [
      'malformed YAML, once, at its line',
      env('resources: [a.yaml]\n', { 'env/a.yaml': 'kind: A\nmetadata: [\n' }),
      'document-unparsable env/a.yaml:3',
    ],
    ['a malformed kustomization', env('resources: [a.yaml\n'), 'document-unparsable env/kustomization.yaml:2'],
  ])('is %s', async (_, files, expected) => {
    expect(shown(await check(files))).toEqual([expected]);
  });

  it('leaves the other environments judged', async () => {
    const report = await check({
      ...env('resources: [none.yaml]\n'),
      'other/kustomization.yaml': 'resources: [web.yaml]\n',
      'other/web.yaml': deployment('web:1'),
    });

    expect(shown(report)).toEqual(['render-failed env/kustomization.yaml:1 env', 'image-not-pinned other/web.yaml:9 other']);
    expect(report.notChecked).toContainEqual({ rule: 'image-not-pinned', because: 'it does not render: env' });
  });
});

describe('a Secret in clear', () => {
  const value = 'hunter2hunter2';
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ${value}\n`;

  async function findingsOf(files: Files): Promise<readonly string[]> {
    const report = await check(files);
    expect(JSON.stringify(report)).not.toContain(value);
    return shown(report);
  }

  it('is found where it stands, once for all that read it', async () => {
    const overlay = 'resources: [../base]\nnamePrefix: x-\n';
    const files = {
      'base/kustomization.yaml': 'resources: [db.yaml]\n',
      'base/db.yaml': secret,
      'a/kustomization.yaml': overlay,
      'b/kustomization.yaml': overlay,
    };

    expect(await findingsOf(files)).toEqual(['S01 base/db.yaml:5']);
  });

  it('is found in the folder of an environment, even where nothing refers to it', async () => {
    expect(
      await findingsOf({
        'env/kustomization.yaml': 'resources: [web.yaml]\n',
        'env/web.yaml': deployment(pinned),
        'env/old/db.json': JSON.stringify({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'db' },
          data: { p: 'aHVudGVyMmh1bnRlcjI=' },
        }),
      }),
    ).toEqual(['S01 env/old/db.json:1 env']);
  });

  it('is found in a generator and in the file that it reads, not again once rendered', async () => {
    const kustomization = `secretGenerator:\n  - name: db\n    literals:\n      - password=${value}\n    envs: [db.env]\n`;

    expect(await findingsOf({ 'env/kustomization.yaml': kustomization, 'env/db.env': `# x\nuser=${value}\n` })).toEqual([
      'S13 env/db.env:2 env',
      'S13 env/kustomization.yaml:4 env',
    ]);
  });

  it('is found in the patch that makes it one, not again once rendered', async () => {
    const patch = `patches:\n  - target: { kind: Secret }\n    patch: '[{ "op": "add", "path": "/stringData", "value": { "password": "${value}" } }]'\n`;
    const files = {
      'env/kustomization.yaml': `resources: [db.yaml]\n${patch}`,
      'env/db.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\n',
    };

    expect(await findingsOf(files)).toEqual(['S13 env/kustomization.yaml:4 env']);
  });

  it('is found where no file shows it, once rendered', async () => {
    const web = deployment(pinned).replace(/$/, '          env: [{ name: DB_PASSWORD, value: "" }]\n');
    const patch = `patches:\n  - target: { kind: Deployment }\n    patch: '[{ "op": "replace", "path": "/spec/template/spec/containers/0/env/0/value", "value": "${value}" }]'\n`;

    expect(await findingsOf({ 'env/kustomization.yaml': `resources: [web.yaml]\n${patch}`, 'env/web.yaml': web })).toEqual([
      'S10 env/web.yaml:1 env',
    ]);
  });

  it('is found in every file of the path, whoever reads it', async () => {
    const files = {
      'env/kustomization.yaml': 'resources: [web.yaml]\n',
      'env/web.yaml': deployment(pinned),
      'ci/deploy.env': `DB_PASSWORD=${value}\n`,
      'ci/values.yaml': `auth: { password: ${value} }\n`,
    };

    expect(await findingsOf(files)).toEqual(['S12 ci/deploy.env:1', 'S12 ci/values.yaml:1']);
  });

  it('is masked in its excerpt, and no line beside it is shown', async () => {
    const files = { 'env/kustomization.yaml': 'resources: [all.yaml]\n', 'env/all.yaml': `${secret}---\n${deployment('web:1')}` };

    const { report, excerpts } = await checkTree(
      { renderer },
      { files: memoryTree(files), path: '', configuration: { source: 'working-tree' } },
    );

    expect(shown(report)).toEqual(['S01 env/all.yaml:5 env', 'image-not-pinned env/all.yaml:15 env']);
    expect([...excerpts.values()]).toEqual(['  password: ••••••']);
  });
});

describe('a chart', () => {
  const chart = {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/web.yaml': deployment('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', '{{ .Release.Name }}'),
    'env/helm-render.yaml':
      'apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec: { chart: ../charts/web, releaseName: web, namespace: shop, values: [values.yaml] }\n',
  };

  it('is an environment where it is said how to render it, and its image is judged where the values decide it', async () => {
    const values = 'image:\n  repository: r.example.com/web\n  tag: "1.0"\n';

    const report = await check({ ...chart, 'env/values.yaml': values });

    expect(shown(report)).toEqual(['image-not-pinned env/values.yaml:3 env']);
  });

  it('says what is wrong with how it is to be rendered', async () => {
    const report = await check({ ...chart, 'env/helm-render.yaml': 'apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec: {}\n' });

    expect(shown(report)).toEqual(['render-failed env/helm-render.yaml:1 env']);
  });
});
