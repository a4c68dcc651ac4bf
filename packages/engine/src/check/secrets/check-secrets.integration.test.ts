import { RepoPath, type CheckReport } from '@fairlead/domain';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTree } from '../../testing/memory-tree.ts';
import { checkTree } from '../check-tree.ts';

const renderer = wasmRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

async function check(files: Readonly<Record<string, string>>, path = ''): Promise<CheckReport> {
  const at = path === '' ? '' : RepoPath.parse(path);
  return (await checkTree({ renderer }, { files: memoryTree(files), path: at, configuration: { source: 'working-tree' } })).report;
}

const shown = ({ findings }: CheckReport): readonly string[] =>
  findings.map(({ rule, file, line, environment }) => `${rule} ${file}:${String(line)} ${environment ?? ''}`.trim());

const sopsValue = `ENC[AES256_GCM,data:Zm9v,iv:${'A'.repeat(43)}=,tag:${'A'.repeat(22)}==,type:str]`;

describe('ciphertext of two environments', () => {
  const kustomizations = { 'a/kustomization.yaml': 'resources: []\n', 'b/kustomization.yaml': 'resources: []\n' };
  const text = `password: ${sopsValue}\n`;

  it('is named where one is a copy of the other', async () => {
    expect(shown(await check({ ...kustomizations, 'a/db.txt': text, 'b/db.txt': text }))).toEqual(['S20 b/db.txt:1 b']);
  });

  it('may be there twice in one environment', async () => {
    expect(shown(await check({ ...kustomizations, 'a/db.txt': text, 'a/other.txt': text }))).toEqual([]);
  });
});

describe('secrets written for another controller', () => {
  const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  const targets = {
    argocd: '{ controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }',
    flux: '{ controller: flux, targets: [{ cluster: c, namespace: flux-system, kustomization: a }] }',
  };
  const root = (controller: keyof typeof targets, secret: string): Readonly<Record<string, string>> => ({
    '.fairlead/service.yaml': `${head('Service', 'shop')}spec:\n  repository: https://git.example.com/shop\n  source: { refs: [refs/heads/main] }\n  environments: [dev]\n  components: [{ name: web, image: r.example.com/web }]\n`,
    '.fairlead/environments/dev.yaml': `${head('Environment', 'dev')}spec:\n  tier: dev\n  path: dev\n  profile: small\n  delivery: ${targets[controller]}\n`,
    '.fairlead/profiles/small.yaml': `${head('Profile', 'small')}spec: {}\n`,
    'dev/kustomization.yaml': 'resources: [db.yaml]\n',
    'dev/db.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\n${secret}`,
  });
  const found = async (...given: Parameters<typeof root>): Promise<readonly string[]> =>
    shown(await check(root(...given))).filter((finding) => finding.startsWith('S'));

  const placeholder = 'stringData: { p: "<path:kv/data/db#password>" }\n';
  const encrypted = `stringData: { p: "${sopsValue}" }\nsops: { mac: "${sopsValue}", version: 3.13.0, age: [] }\n`;

  it('are named', async () => {
    expect(await found('flux', placeholder)).toEqual(['S16 dev/db.yaml:1 shop/dev']);
    expect(await found('argocd', encrypted)).toEqual(['S16 dev/db.yaml:1 shop/dev']);
  });

  it('pass under their own', async () => {
    expect(await found('argocd', placeholder)).toEqual([]);
    expect(await found('flux', encrypted)).toEqual([]);
  });
});

describe('the fingerprint of a secret', () => {
  const tree = (password: string, key?: string): Readonly<Record<string, string>> => ({
    'values.yaml': `auth: { password: ${password} }\n`,
    ...(key === undefined ? {} : { '.fairlead/fingerprint.key': `${key}\n` }),
  });
  const fingerprint = async (...given: Parameters<typeof tree>): Promise<string | undefined> =>
    (await check(tree(...given))).findings.find(({ rule }) => rule === 'S12')?.fingerprint;

  it('is another for another value where there is a key', async () => {
    expect(await fingerprint('hunter2', 'k')).not.toBe(await fingerprint('hunter3', 'k'));
    expect(await fingerprint('hunter2', 'k')).toBe(await fingerprint('hunter2', 'k'));
    expect(await fingerprint('hunter2', 'k')).not.toBe(await fingerprint('hunter2', 'other'));
  });

  it('says nothing of the value without one', async () => {
    expect(await fingerprint('hunter2')).toBe(await fingerprint('hunter3'));
  });
});
