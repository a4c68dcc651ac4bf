import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../document/json.ts';
import { ProvidedSecret } from '../../profile/profile.ts';
import { judgeSecretReferences } from './judge-secret-references.ts';

function pod(spec: JsonObject, namespace = 'pc'): JsonObject {
  const template = { spec: { containers: [{ name: 'main', image: 'x' }], ...spec } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace }, spec: { template } };
}

function made(apiVersion: string, kind: string, spec: JsonObject = {}): JsonObject {
  return { apiVersion, kind, metadata: { name: 'db', namespace: 'pc' }, spec };
}

function called(name: string, object: JsonObject): JsonObject {
  return { ...object, metadata: { name, namespace: 'pc' } };
}

const needing = pod({ volumes: [{ name: 'v', secret: { secretName: 'db' } }] });

const missing = (...objects: readonly JsonObject[]): readonly string[] =>
  judgeSecretReferences(objects, []).faults.map(
    ({ severity, path, message }) => `${severity ?? ''} ${path.join('.')} ${message.split(',')[0] ?? ''}`,
  );

describe('a reference', () => {
  it.each<readonly [string, JsonObject, string]>([
    ['a volume', { volumes: [{ name: 'v', secret: { secretName: 'db' } }] }, 'spec.template.spec.volumes.0.secret.secretName'],
    [
      'a projected volume',
      { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'db' } }] } }] },
      'spec.template.spec.volumes.0.projected.sources.0.secret.name',
    ],
    [
      'a variable',
      { containers: [{ name: 'm', image: 'x', env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }] }] },
      'spec.template.spec.containers.0.env.0.valueFrom.secretKeyRef.name',
    ],
    [
      'all variables of an init container',
      { initContainers: [{ name: 'i', image: 'x', envFrom: [{ secretRef: { name: 'db' } }] }] },
      'spec.template.spec.initContainers.0.envFrom.0.secretRef.name',
    ],
  ])('of %s is found', (_what, spec, path) => {
    expect(missing(pod(spec))).toEqual([`error ${path} Deployment pc/api needs the Secret db`]);
  });

  it('that may be absent is none', () => {
    expect(missing(pod({ volumes: [{ name: 'v', secret: { secretName: 'db', optional: true } }] }))).toEqual([]);
  });

  it('that does not keep pods from starting is a warning', () => {
    const tls = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: { tls: [{ secretName: 'cert' }] } };

    expect(missing(pod({ imagePullSecrets: [{ name: 'login' }] }))).toEqual([
      'warning spec.template.spec.imagePullSecrets.0.name Deployment pc/api needs the Secret login',
    ]);
    expect(missing(tls)).toEqual(['warning spec.tls.0.secretName Ingress web needs the Secret cert']);
    expect(missing({ ...tls, metadata: { name: 'web', annotations: { 'cert-manager.io/cluster-issuer': 'le' } } })).toEqual([]);
  });

  it('is said once for all that need the same Secret', () => {
    expect(missing(needing, pod({ volumes: [{ name: 'w', secret: { secretName: 'db' } }] }))).toHaveLength(1);
  });
});

describe('a Secret is made', () => {
  it.each<readonly [string, JsonObject]>([
    ['itself', made('v1', 'Secret')],
    ['an ExternalSecret', made('external-secrets.io/v1', 'ExternalSecret')],
    ['an ExternalSecret under another name', called('x', made('external-secrets.io/v1', 'ExternalSecret', { target: { name: 'db' } }))],
    ['a SealedSecret', made('bitnami.com/v1alpha1', 'SealedSecret')],
    ['a Certificate', called('x', made('cert-manager.io/v1', 'Certificate', { secretName: 'db' }))],
    ['a SopsSecret', called('x', made('isindir.github.com/v1alpha3', 'SopsSecret', { secretTemplates: [{ name: 'db' }] }))],
    ['a VaultStaticSecret', called('x', made('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', { destination: { name: 'db' } }))],
    ['a KafkaUser', made('kafka.strimzi.io/v1beta2', 'KafkaUser')],
    [
      'any kind that writes a connection secret',
      called('x', made('rds.example.com/v1', 'Instance', { writeConnectionSecretToRef: { name: 'db' } })),
    ],
  ])('by %s', (_what, producer) => {
    expect(missing(needing, producer)).toEqual([]);
  });

  it.each<readonly [string, JsonObject]>([
    ['one of another namespace', { ...made('v1', 'Secret'), metadata: { name: 'db', namespace: 'other' } }],
    ['one that only merges', made('external-secrets.io/v1', 'ExternalSecret', { target: { creationPolicy: 'Merge' } })],
    ['one under another name', made('external-secrets.io/v1', 'ExternalSecret', { target: { name: 'x' } })],
  ])('not by %s', (_what, producer) => {
    expect(missing(needing, producer)).toHaveLength(1);
  });

  it('by names that an operator makes of its own', () => {
    const of = (name: string): JsonObject => pod({ volumes: [{ name: 'v', secret: { secretName: name } }] });

    expect(missing(of('pg-app'), called('pg', made('postgresql.cnpg.io/v1', 'Cluster', {})))).toEqual([]);
    expect(missing(of('pg-pguser-api'), called('pg', made('postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', {})))).toEqual(
      [],
    );
    expect(
      missing(
        of('app-user.pg.credentials.postgresql.acid.zalan.do'),
        called('pg', made('acid.zalan.do/v1', 'postgresql', { users: { app_user: [] } })),
      ),
    ).toEqual([]);
  });

  it('by others where the profile says so', () => {
    const provided = ProvidedSecret.parse({ name: 'db', by: 'the database team' });

    expect(judgeSecretReferences([needing], [provided]).faults).toEqual([]);
  });

  it('by who knows, where an unknown kind or a Job names it', () => {
    const unknown = called('x', made('tokens.example.com/v1', 'TokenRequest', { into: 'db' }));
    const job = {
      ...pod({}),
      apiVersion: 'batch/v1',
      kind: 'Job',
      spec: { template: { spec: { containers: [{ image: 'x', args: ['--secret-name=db'] }] } } },
    };

    expect(judgeSecretReferences([needing, unknown, job], [])).toEqual({
      faults: [],
      unknown: [{ name: 'db', kinds: ['Job', 'TokenRequest'] }],
    });
  });
});
