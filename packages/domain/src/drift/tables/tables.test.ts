import { describe, expect, it } from 'vitest';
import { apiDefaults } from './api-defaults.ts';
import { builtInSchemas } from './built-in-schemas.generated.ts';
import type { FieldSchema } from './object-schema.ts';

/** The schema at a path of fields; through a map any name leads, through a list `*`. */
function schemaAt(kind: string, ...path: readonly string[]): FieldSchema {
  return path.reduce<FieldSchema>((schema, step) => {
    const { fields = {}, values, items } = resolved(schema);
    return resolved((step === '*' ? items : (fields[step] ?? values)) ?? {});
  }, builtInSchemas.kinds[kind] ?? {});
}

function resolved(schema: FieldSchema): FieldSchema {
  return schema.ref === undefined ? schema : (builtInSchemas.definitions[schema.ref] ?? {});
}

const podSpec = ['spec', 'template', 'spec'] as const;

describe('the schemas of the built-in kinds', () => {
  it.each([
    [['containers'], ['name']],
    [['initContainers'], ['name']],
    [['volumes'], ['name']],
    [['containers', '*', 'env'], ['name']],
    [['containers', '*', 'volumeMounts'], ['mountPath']],
    [['topologySpreadConstraints'], ['topologyKey', 'whenUnsatisfiable']],
  ])("tell the elements of a pod's %j apart by %j", (path, keys) => {
    expect(schemaAt('apps/v1/Deployment', ...podSpec, ...path).list).toEqual({ keys });
  });

  it('tell ports apart by number and protocol, which is TCP by default', () => {
    const protocol = { protocol: 'TCP' };

    expect(schemaAt('/v1/Service', 'spec', 'ports').list).toEqual({ keys: ['port', 'protocol'], defaults: protocol });
    expect(schemaAt('/v1/Pod', 'spec', 'containers', '*', 'ports').list).toEqual({
      keys: ['containerPort', 'protocol'],
      defaults: protocol,
    });
  });

  it.each([
    [['containers', '*', 'resources', 'limits', 'cpu'], 'quantity'],
    [['containers', '*', 'livenessProbe', 'httpGet', 'port'], 'int-or-string'],
  ])('know what %j is written in', (path, scalar) => {
    expect(schemaAt('apps/v1/StatefulSet', ...podSpec, ...path)).toEqual({ scalar });
  });

  it('know what is one value: a selector, a command, the rules of a role', () => {
    expect(schemaAt('/v1/Service', 'spec', 'selector').map).toBe('atomic');
    expect(schemaAt('batch/v1/Job', ...podSpec, 'containers', '*', 'command').list).toBe('atomic');
    expect(schemaAt('rbac.authorization.k8s.io/v1/Role', 'rules').list).toBe('atomic');
  });

  it('know the bytes of a secret, and nothing of any status', () => {
    expect(schemaAt('/v1/Secret', 'data', 'a')).toEqual({ scalar: 'base64' });
    expect(Object.values(builtInSchemas.kinds).filter(({ fields = {} }) => 'status' in fields)).toEqual([]);
  });

  it('refer to nothing that is not there', () => {
    const refs = JSON.stringify(builtInSchemas).matchAll(/"ref":"([^"]+)"/g);

    expect([...refs].filter(([, name = '']) => !(name in builtInSchemas.definitions))).toEqual([]);
  });
});

describe('the defaults of the API server', () => {
  it('choose a pull policy by the tag, in every kind that has a pod template', () => {
    const image = ['spec', 'jobTemplate', ...podSpec, 'containers', '*', 'image'];

    expect(defaultsAt('batch/CronJob', ['spec', 'jobTemplate', ...podSpec, 'containers', '*', 'imagePullPolicy'])).toEqual([
      { value: 'Always', when: { path: image, imageTag: 'latest' } },
      { value: 'IfNotPresent', when: { path: image, imageTag: 'other' } },
    ]);
  });

  it('copy what belongs to the same pod template', () => {
    expect(defaultsAt('apps/Deployment', [...podSpec, 'serviceAccount'])).toEqual([{ sameAs: [...podSpec, 'serviceAccountName'] }]);
    expect(defaultsAt('/Service', ['spec', 'ports', '*', 'targetPort'])).toEqual([{ sameAs: ['spec', 'ports', '*', 'port'] }]);
  });

  it('hold what is allocated for anything', () => {
    expect(defaultsAt('/Service', ['spec', 'clusterIP'])).toEqual([{ any: true }]);
    expect(defaultsAt('/Pod', ['spec', 'nodeName'])).toEqual([{ any: true }]);
  });

  it('leave what nobody but a person sets', () => {
    const never = ['spec', 'containers', '*', 'command'];

    expect(defaultsAt('/Pod', never)).toEqual([]);
    expect(Object.values(apiDefaults).flatMap((defaults) => defaults.filter(({ path }) => path[0] === 'status'))).toEqual([]);
  });
});

function defaultsAt(kind: string, path: readonly string[]): readonly unknown[] {
  const found = (apiDefaults[kind] ?? []).filter((known) => known.path.join('\n') === path.join('\n'));
  return found.map(({ path: _, ...more }) => more);
}
