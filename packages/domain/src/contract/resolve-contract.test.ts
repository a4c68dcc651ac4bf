import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment/environment.ts';
import { readProfile } from '../profile/profile.ts';
import { readReleaseManifest } from '../release/release-manifest.ts';
import { readService } from '../service/service.ts';
import type { Parsed } from '../document/parse-document.ts';
import type { ContractDocuments } from './contract-documents.ts';
import { contractFaults } from './contract-faults.ts';
import { contractParameters, parameterFault } from './contract-parameters.ts';
import { contractDigest, ProfileContract } from './profile-contract.ts';
import { resolveContract } from './resolve-contract.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const texts = {
  service: `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: pc }
spec:
  repository: https://git.example.com/pc
  source: { refs: [refs/heads/main] }
  environments: [prod]
  components: [{ name: web, image: r.example.com/web, required: false }, { name: api, image: r.example.com/api }]
  clusterScoped: [Namespace, ClusterRole.rbac.authorization.k8s.io]
`,
  environment: `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  tier: production
  path: environments/prod
  profile: prod
  namespaces: [{ name: pc }]
  delivery: { controller: argocd, targets: [{ cluster: eu, namespace: argocd, application: pc }] }
`,
  profile: `apiVersion: fairlead.dev/v1
kind: Profile
metadata: { name: prod }
spec:
  components: { required: [web] }
  parameters: { values: { size: large } }
  secretStores: [{ kind: SecretStore, name: z }, { kind: ClusterSecretStore, name: vault }]
  replicas: { api: { min: 3 } }
  schemaVersion: { min: pc-schema-0180, max: pc-schema-0190 }
  constraints: [{ id: b, cel: "true", message: b }, { id: a, cel: "true", message: a }]
`,
  release: `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: pc, version: 1.43.0, createdAt: 2026-11-23T10:00:00Z }
source: { repository: https://git.example.com/pc, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components:
  - { name: web, image: { repository: r.example.com/web, digest: "${digest('b')}" } }
  - { name: api, image: { repository: r.example.com/api, digest: "${digest('c')}" } }
schema: { id: pc-schema-0187 }
profiles: { prod: { size: small, minCount: 3 }, dev: { minCount: 1 } }
`,
};

function documents(change: (kind: keyof typeof texts, text: string) => string = (_, text) => text): ContractDocuments {
  const release = parsed(readReleaseManifest(change('release', texts.release), 'release.yaml'));
  return {
    service: parsed(readService(change('service', texts.service), 'service.yaml')).value,
    environment: parsed(readEnvironment(change('environment', texts.environment), 'prod.yaml')).value,
    profile: parsed(readProfile(change('profile', texts.profile), 'prod.yaml')).value,
    release: { manifest: release.value, digest: release.digest },
  };
}

function parsed<T>(read: Parsed<T>): Extract<Parsed<T>, { kind: 'ok' }> {
  if (read.kind === 'ok') return read;
  throw new Error(read.problems.map(({ message }) => message).join('\n'));
}

function faultsWith(kind: keyof typeof texts, from: string, to: string): readonly string[] {
  expect(texts[kind]).toContain(from);
  const changed = documents((candidate, text) => (candidate === kind ? text.replace(from, to) : text));
  return contractFaults(changed).map(({ rule, document, pointer, message }) => `${document}${pointer}: ${message} (${rule})`);
}

describe('a contract', () => {
  it('has every value in a fixed order, and keeps its schema', () => {
    const given = documents();

    const contract = resolveContract(given, contractParameters(given));

    expect(ProfileContract.parse(contract)).toEqual(contract);
    expect(contract.components.map(({ name, required, replicas }) => [name, required, replicas])).toEqual([
      ['api', true, { min: 3 }],
      ['web', true, undefined],
    ]);
    expect(contract.secretStores?.map(({ name }) => name)).toEqual(['vault', 'z']);
    expect(contract.constraints.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(contract.clusterScoped).toEqual(['ClusterRole.rbac.authorization.k8s.io', 'Namespace']);
    expect(contract.schema).toEqual({ id: 'pc-schema-0187', min: 'pc-schema-0180', max: 'pc-schema-0190' });
    expect(contract.environment).toMatchObject({ id: 'pc/prod', inputs: 'pinned' });
  });

  it('takes what the profile says of a parameter over what the build says', () => {
    expect(contractParameters(documents())).toEqual({ size: 'large', minCount: 3 });
  });

  it('is in the namespaces of the profile, else in those of the environment', () => {
    const own = documents((kind, text) => (kind === 'profile' ? `${text}  namespaces: [pc, pc-jobs]\n` : text));

    expect(resolveContract(documents(), {}).namespaces).toEqual(['pc']);
    expect(resolveContract(own, {}).namespaces).toEqual(['pc', 'pc-jobs']);
  });

  it('has one digest for one content, whatever the order in the documents', () => {
    const other = documents((kind, text) =>
      kind === 'profile'
        ? text.replace('[{ id: b, cel: "true", message: b }, { id: a', '[{ id: b, message: b, cel: "true" }, { id: a')
        : text,
    );

    expect(contractDigest(resolveContract(other, {}))).toBe(contractDigest(resolveContract(documents(), {})));
    expect(contractDigest(resolveContract(other, { size: 'small' }))).not.toBe(contractDigest(resolveContract(other, {})));
  });
});

describe('contractFaults', () => {
  it('finds none where the release fits', () => {
    expect(contractFaults(documents())).toEqual([]);
  });

  it.each([
    [
      'release',
      'name: web, image',
      'name: other, image',
      'profile/spec/components/required/0: release 1.43.0 has no component web, which profile prod requires (contract-component-missing)',
    ],
    [
      'release',
      'name: api, image',
      'name: other, image',
      'service/spec/components/1/name: release 1.43.0 has no component api, which service pc requires (contract-component-missing)',
    ],
    [
      'release',
      'pc-schema-0187',
      'pc-schema-0179',
      'profile/spec/schemaVersion/min: release 1.43.0 expects the schema pc-schema-0179, profile prod takes pc-schema-0180 or later (contract-schema-version)',
    ],
    [
      'release',
      'pc-schema-0187',
      'pc-schema-0191',
      'profile/spec/schemaVersion/max: release 1.43.0 expects the schema pc-schema-0191, profile prod takes up to pc-schema-0190 (contract-schema-version)',
    ],
  ] as const)('of a %s with %j as %j', (...[kind, from, to, fault]) => {
    expect(faultsWith(kind, from, to)).toEqual([fault]);
  });

  it('of an environment in a namespace that the profile does not allow', () => {
    expect(faultsWith('profile', '  replicas:', '  namespaces: [pc-prod]\n  replicas:')).toEqual([
      'environment/spec/namespaces/0/name: environment prod has the namespace pc, which profile prod does not allow (contract-namespace)',
    ]);
  });

  it('of a release that says no schema, at both bounds', () => {
    expect(faultsWith('release', 'schema: { id: pc-schema-0187 }\n', '')).toHaveLength(2);
  });
});

describe('parameterFault', () => {
  it('points to the value that the profile gives, and to the schema where only the build gives it', () => {
    const [own, built] = ['/size', '/minCount'].map((pointer) => parameterFault(documents(), { pointer, message: 'must be integer' }));

    expect(own).toMatchObject({ pointer: '/spec/parameters/values/size', message: 'parameter size: must be integer' });
    expect(built).toMatchObject({
      pointer: '/spec/parameters/schema',
      message: 'parameter minCount (release 1.43.0 gives it): must be integer',
    });
  });
});
