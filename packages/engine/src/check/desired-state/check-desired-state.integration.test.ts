import { threadEvaluator } from '@fairlead/adapters/evaluator';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { readReleaseManifest, type CheckReport } from '@fairlead/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTree } from '../../testing/memory-tree.ts';
import { checkTree } from '../check-tree.ts';

const renderer = wasmRenderer();
const evaluator = threadEvaluator({ timeoutMs: 20_000 });
afterAll(async () => {
  await renderer[Symbol.asyncDispose]();
  await evaluator[Symbol.asyncDispose]();
});

type Files = Readonly<Record<string, string>>;

const digest = `sha256:${'b'.repeat(64)}`;
const commit = 'a'.repeat(40);

const manifest = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: pc, version: 1.2.0, createdAt: 2026-11-23T10:00:00Z }
source: { repository: https://git.example.com/pc, commit: ${commit}, ref: refs/heads/main }
components: [{ name: api, image: { repository: r.example.com/api, digest: "${digest}" } }]
schema: { id: pc-schema-0187 }
profiles: { prod: { minCount: 3 } }
`;

const profile = `apiVersion: fairlead.dev/v1
kind: Profile
metadata: { name: prod }
spec:
  components: { required: [api] }
  secretStores: [{ kind: ClusterSecretStore, name: vault }]
  namespaces: [pc]
  replicas: { api: { min: 3, max: 6 } }
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: api
          image: r.example.com/api@${digest}
`;

function root(files: Files, documents: { readonly profile?: string; readonly manifest?: string } = {}): Files {
  const kept = documents.manifest ?? manifest;
  const read = readReleaseManifest(kept, 'release.yaml');
  const release = read.kind === 'ok' ? read.digest : 'none';
  const file = `releases/pc/${release.replace(':', '-')}.yaml`;
  const resources = Object.keys(files).filter((path) => path.endsWith('.yaml'));
  return {
    '.fairlead/service.yaml': `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: pc }
spec:
  repository: https://git.example.com/pc
  source: { refs: [refs/heads/main] }
  environments: [prod]
  components: [{ name: api, image: r.example.com/api }]
  clusterScoped: []
`,
    '.fairlead/profiles/prod.yaml': documents.profile ?? profile,
    '.fairlead/environments/prod.yaml': `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  tier: production
  path: prod
  profile: prod
  delivery: { controller: argocd, targets: [{ cluster: eu, namespace: argocd, application: pc }] }
`,
    [file]: kept,
    'prod/release-manifest.ref': `apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: pc
release: ${release}
source: { repository: https://git.example.com/pc, commit: ${commit} }
manifest: ${file}
`,
    'prod/kustomization.yaml': `namespace: pc\nresources:\n- api.yaml\n${resources.map((path) => `- ${path}\n`).join('')}`,
    'prod/api.yaml': deployment,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`prod/${path}`, text])),
  };
}

async function check(files: Files): Promise<CheckReport> {
  const request = { files: memoryTree(files), path: '', configuration: { source: 'working-tree' } } as const;
  return (await checkTree({ renderer, evaluator }, request)).report;
}

async function shown(files: Files): Promise<readonly string[]> {
  return (await check(files)).findings.map(
    ({ rule, severity, file, line, message }) => `${severity} ${rule} ${file}:${String(line)} ${message}`,
  );
}

const object = (apiVersion: string, kind: string, rest = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${rest}`;

describe('a declared environment', () => {
  it('that is as its profile says has no finding', async () => {
    expect(await shown(root({}))).toEqual([]);
  });

  it.each<readonly [string, string, string]>([
    [
      'an external secret from another store',
      object('external-secrets.io/v1', 'ExternalSecret', 'spec: { secretStoreRef: { kind: SecretStore, name: own } }\n'),
      'error contract-secret-store prod/x.yaml:4 ExternalSecret pc/x reads from SecretStore own; the profile has: ClusterSecretStore vault',
    ],
    [
      'an object of the whole cluster',
      object('rbac.authorization.k8s.io/v1', 'ClusterRole'),
      'error cluster-scoped-not-listed prod/x.yaml:2 ClusterRole x is of the whole cluster, and ClusterRole.rbac.authorization.k8s.io is not among the kinds that the service may have there',
    ],
    [
      'an API version that was removed',
      object('policy/v1beta1', 'PodDisruptionBudget'),
      'error api-removed prod/x.yaml:1 PodDisruptionBudget pc/x is written for policy/v1beta1, which Kubernetes removed in 1.25',
    ],
    [
      'a sealed secret',
      object('bitnami.com/v1alpha1', 'SealedSecret', 'spec: { encryptedData: {} }\n'),
      'error od-003 prod/x.yaml:2 SealedSecret pc/x is sealed: secrets come from Vault by an ExternalSecret',
    ],
    [
      'an image automation',
      object('image.toolkit.fluxcd.io/v1beta2', 'ImageUpdateAutomation'),
      'error od-004 prod/x.yaml:2 ImageUpdateAutomation pc/x updates images by itself',
    ],
    [
      'a canary',
      object('flagger.app/v1beta1', 'Canary'),
      'error od-005 prod/x.yaml:2 Canary pc/x is delivered by a controller of its own, step by step: a release could not be told from a part of it',
    ],
    [
      'a job that migrates',
      object(
        'batch/v1',
        'Job',
        `spec: { template: { spec: { containers: [{ name: run, image: "r.example.com/api@${digest}", args: [db, migrate] }] } } }\n`,
      ),
      'error migration-hidden prod/x.yaml:4 Job pc/x looks like a migration (run), which a sync would run, and release 1.2.0 declares none with run: job',
    ],
  ])('with %s', async (_what, text, finding) => {
    expect(await shown(root({ 'x.yaml': text }))).toEqual([finding]);
  });

  it('with too few replicas is told so where the kustomization decides', async () => {
    const files = root({});
    const changed = {
      ...files,
      'prod/kustomization.yaml': `${files['prod/kustomization.yaml'] ?? ''}replicas:\n- { name: api, count: 2 }\n`,
    };

    expect(await shown(changed)).toEqual([
      'error contract-replicas prod/kustomization.yaml:5 Deployment pc/api has 2 replicas; the profile takes at least 3 for api',
    ]);
  });

  it('in another namespace is told so where the kustomization decides', async () => {
    const files = root({});
    const changed = { ...files, 'prod/kustomization.yaml': (files['prod/kustomization.yaml'] ?? '').replace('pc', 'other') };

    expect(await shown(changed)).toEqual([
      'error contract-namespace prod/kustomization.yaml:1 Deployment other/api is in the namespace other; allowed: pc',
    ]);
  });

  it('that needs a Secret which nothing makes is told what to add', async () => {
    const needing = `${deployment}          envFrom: [{ secretRef: { name: db } }]\n`;
    const made = {
      ...root({ 'x.yaml': object('external-secrets.io/v1', 'ExternalSecret', 'spec: { target: { name: db } }\n') }),
      'prod/api.yaml': needing,
    };
    const provided = { ...root({}, { profile: `${profile}  providedSecrets: [{ name: db, by: platform }]\n` }), 'prod/api.yaml': needing };

    expect(await shown({ ...root({}), 'prod/api.yaml': needing })).toEqual([
      'error secret-producer-missing prod/api.yaml:12 Deployment pc/api needs the Secret db, and nothing that is rendered makes it: its pods will not start',
    ]);
    expect(await shown(made)).toEqual([]);
    expect(await shown(provided)).toEqual([]);
  });

  it('that needs a Secret which nothing makes is only warned where the profile says nothing of secrets', async () => {
    const silent = root({}, { profile: profile.replace(/ {2}secretStores:.*\n/, '') });
    const needing = `${deployment}          envFrom: [{ secretRef: { name: db } }]\n`;

    expect((await check({ ...silent, 'prod/api.yaml': needing })).summary).toMatchObject({ error: 0, warning: 1 });
  });

  it('that reads outside of its folder is told where', async () => {
    const files = root({});
    const changed = {
      ...files,
      'prod/kustomization.yaml': 'namespace: pc\nresources:\n- api.yaml\n- ../shared\n',
      'shared/kustomization.yaml': 'resources: [map.yaml]\n',
      'shared/map.yaml': object('v1', 'ConfigMap'),
    };

    expect(await shown(changed)).toEqual([
      'error inputs-not-pinned prod/kustomization.yaml:4 pc/prod has pinned inputs, but reads shared outside of prod: a change there changes it without a promotion',
    ]);
  });

  it('whose files an automation may rewrite is told the line', async () => {
    const marked = deployment.replace(`@${digest}\n`, `@${digest} # {"$imagepolicy": "flux-system:api"}\n`);

    expect(await shown({ ...root({}), 'prod/api.yaml': marked })).toEqual([
      'error od-004 prod/api.yaml:11 prod/api.yaml lets an image automation rewrite its images ($imagepolicy)',
    ]);
  });
});

describe('constraints', () => {
  const constrained = (cel: string): Files =>
    root({}, { profile: `${profile}  constraints:\n  - id: it\n    cel: ${cel}\n    message: keep three\n` });

  it.each([
    ['that holds', `"object.kind != 'Deployment' || object.spec.replicas >= params.minCount"`],
    ['of the release', `release.components.api.repository == "r.example.com/api" && environment.tier == "production"`],
  ])('%s: no finding', async (_what, cel) => {
    expect(await shown(constrained(cel))).toEqual([]);
  });

  it('that does not hold names the object, at the object', async () => {
    expect(await shown(constrained('object.spec.replicas > 3'))).toEqual([
      'error contract-constraint prod/api.yaml:4 constraint it does not hold for Deployment pc/api: keep three',
    ]);
  });

  it('that has no answer names the object, at the place in the expression', async () => {
    const [finding] = (await check(constrained('"object.data.size > 3"'))).findings;

    expect(finding).toMatchObject({
      file: '.fairlead/profiles/prod.yaml',
      line: 11,
      column: 18,
      message: 'constraint it has no answer for Deployment pc/api: no such key: data',
    });
  });

  it('that cannot be read is said at the place in the expression, also in a block', async () => {
    const [finding] = (await check(constrained('|\n      true &&\n        objekt.kind == "a"'))).findings;

    expect(finding).toMatchObject({ line: 13, column: 9, message: "constraint it can't be used: unknown variable: objekt" });
  });
});

describe('a release that does not fit', () => {
  it('is told everything at once, at the lines of the profile', async () => {
    const strict = `${profile.replace('[api]', '[api, web]')}  schemaVersion: { min: pc-schema-0200 }
  parameters:
    schema: { properties: { minCount: { maximum: 2 } } }
`;

    expect(await shown(root({}, { profile: strict }))).toEqual([
      'error contract-component-missing .fairlead/profiles/prod.yaml:5 release 1.2.0 has no component web, which profile prod requires',
      'error contract-schema-version .fairlead/profiles/prod.yaml:9 release 1.2.0 expects the schema pc-schema-0187, profile prod takes pc-schema-0200 or later',
      'error contract-parameter-invalid .fairlead/profiles/prod.yaml:11 parameter minCount (release 1.2.0 gives it): must be <= 2',
    ]);
  });
});

describe('an environment that nobody declared', () => {
  it('is not judged by what would take a declaration, and says so once', async () => {
    const files = {
      'kustomization.yaml': 'resources: [x.yaml, y.yaml]\n',
      'x.yaml': object('bitnami.com/v1alpha1', 'SealedSecret', 'spec: { encryptedData: {} }\n'),
      'y.yaml': object('argoproj.io/v1alpha1', 'Rollout'),
    };

    const { findings, notChecked } = await check(files);

    expect(findings).toEqual([]);
    expect(notChecked).toContainEqual({ rule: 'od-005', because: 'no service declares the environment: .' });
  });
});

describe('secrets that are encrypted in Git', () => {
  const encrypted = object(
    'v1',
    'Secret',
    'data: { token: "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]" }\nsops: { version: 3.9.0, mac: "ENC[x]" }\n',
  );
  const policy = `apiVersion: fairlead.dev/v1
kind: Policy
metadata: { name: default }
spec: { secrets: { bootstrap: [{ name: x, reason: the token for Vault }] } }
`;

  it('have to be listed as needed to bootstrap', async () => {
    const files = root({ 'x.yaml': encrypted });
    const found = (await check(files)).findings.filter(({ rule }) => rule === 'od-003');
    const listed = (await check({ ...files, '.fairlead/policies/default.yaml': policy })).findings.filter(({ rule }) => rule === 'od-003');

    expect(found).toMatchObject([
      { file: 'prod/x.yaml', message: 'Secret pc/x is encrypted by SOPS and not declared as needed to bootstrap' },
    ]);
    expect(listed).toEqual([]);
  });
});

describe('an environment that does not render', () => {
  it('is judged by its documents, and the rest is left open', async () => {
    const files = root({}, { profile: profile.replace('[api]', '[api, web]') });
    const { findings, notChecked } = await check({ ...files, 'prod/kustomization.yaml': 'resources: [absent.yaml]\n' });

    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(['contract-component-missing', 'render-failed']);
    expect(notChecked).toContainEqual({ rule: 'object-duplicate', because: 'it does not render: pc/prod' });
    expect(notChecked).toContainEqual({ rule: 'contract-replicas', because: 'it does not render: pc/prod' });
  });
});
