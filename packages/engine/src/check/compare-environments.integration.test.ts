import { wasmRenderer } from '@fairlead/adapters/renderer';
import { RepoPath } from '@fairlead/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { compareEnvironments, type ComparedEnvironments } from './compare-environments.ts';

const renderer = wasmRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

const base = {
  'base/kustomization.yaml': 'resources: [settings.yaml, role.yaml]\n',
  'base/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { level: info }\n',
  'base/role.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\nrules: []\n',
  'staging/kustomization.yaml': 'resources: [../base]\nnamespace: shop-staging\n',
};

function compare(prod: string): Promise<ComparedEnvironments> {
  const [one, other] = ['staging', 'prod'].map((name) => ({ name, path: RepoPath.parse(name) }));
  if (one === undefined || other === undefined) throw new Error('two environments are compared');
  return compareEnvironments({ renderer }, { files: memoryTree({ ...base, 'prod/kustomization.yaml': prod }), one, other });
}

describe('compareEnvironments', () => {
  it('takes the namespaces of the two for the same place', async () => {
    const compared = await compare('resources: [../base]\nnamespace: shop-prod\n');

    expect(compared).toEqual({ kind: 'compared', changes: [], namespaces: [{ one: 'shop-staging', other: 'shop-prod' }] });
  });

  it('says how the second differs from the first, by field', async () => {
    const patch =
      'patches:\n  - patch: \'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"level":"warn"}}\'\n';

    const compared = await compare(`resources: [../base]\nnamespace: shop-prod\n${patch}`);

    expect(compared).toMatchObject({
      changes: [{ kind: 'changed', object: { namespace: 'shop-prod' }, fields: [{ path: '/data/level', before: 'info', after: 'warn' }] }],
    });
  });

  it('sees that what a generator named is the same, in another namespace', async () => {
    const generator = (level: string) => `resources: [../base]\nconfigMapGenerator: [{ name: made, literals: [level=${level}] }]\n`;
    const files = {
      ...base,
      'staging/kustomization.yaml': `${generator('a')}namespace: one\n`,
      'prod/kustomization.yaml': `${generator('b')}namespace: two\n`,
    };
    const [one, other] = [
      { name: 's', path: RepoPath.parse('staging') },
      { name: 'p', path: RepoPath.parse('prod') },
    ];

    const compared = await compareEnvironments({ renderer }, { files: memoryTree(files), one, other });

    expect(compared).toMatchObject({ changes: [{ kind: 'succeeded', fields: [{ path: '/data/level' }] }] });
  });

  it('finds what has no namespace in the one that the other has', async () => {
    const files = {
      ...base,
      'staging/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: prod\n',
    };
    const [one, other] = [
      { name: 's', path: RepoPath.parse('staging') },
      { name: 'p', path: RepoPath.parse('prod') },
    ];

    expect(await compareEnvironments({ renderer }, { files: memoryTree(files), one, other })).toMatchObject({
      changes: [],
      namespaces: [{ one: '', other: 'prod' }],
    });
  });

  it('names the environment that does not render', async () => {
    expect(await compare('resources: [gone.yaml]\n')).toMatchObject({ kind: 'failed', environment: 'prod', code: 'render-failed' });
  });
});
