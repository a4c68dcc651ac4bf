import { RepoPath } from '@fairlead/domain';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { diffEnvironments, type EnvironmentDiff } from './diff-environments.ts';

const renderer = wasmRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

type Files = Readonly<Record<string, string>>;

const files: Files = {
  'base/kustomization.yaml': 'resources: [settings.yaml]\n',
  'base/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { level: info }\n',
  'envs/prod/kustomization.yaml': 'resources: [../../base]\n',
  'envs/test/kustomization.yaml': 'resources: [../../base, own.yaml]\n',
  'envs/test/own.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: own }\nstringData: { p: one }\n',
};

function diff(before: Files | 'nothing', after: Files, path = ''): Promise<readonly EnvironmentDiff[]> {
  return diffEnvironments(
    { renderer },
    {
      before: before === 'nothing' ? before : memoryTree(before),
      after: memoryTree(after),
      path: path === '' ? '' : RepoPath.parse(path),
    },
  );
}

const kinds = (diffs: readonly EnvironmentDiff[]) => diffs.map(({ environment, kind }) => `${environment} ${kind}`);

describe('diffEnvironments', () => {
  it('says what a change of a shared base does to each environment', async () => {
    const after = { ...files, 'base/settings.yaml': (files['base/settings.yaml'] ?? '').replace('info', 'debug') };

    const diffs = await diff(files, after);

    expect(kinds(diffs)).toEqual(['envs/prod changed', 'envs/test changed']);
    expect(diffs[0]).toMatchObject({ changes: [{ kind: 'changed', fields: [{ path: '/data/level', before: 'info', after: 'debug' }] }] });
  });

  it('sees nothing in another spelling of the same', async () => {
    const after = { ...files, 'base/settings.yaml': `# of all\n${files['base/settings.yaml'] ?? ''}` };

    expect(kinds(await diff(files, after))).toEqual(['envs/prod unchanged', 'envs/test unchanged']);
  });

  it('names environments that come and go, with their objects', async () => {
    const { 'envs/prod/kustomization.yaml': prod = '', ...rest } = files;

    const diffs = await diff(files, { ...rest, 'envs/live/kustomization.yaml': prod });

    expect(kinds(diffs)).toEqual(['envs/live added', 'envs/test unchanged', 'envs/prod removed']);
    expect(diffs[0]).toMatchObject({ changes: [{ kind: 'added', object: { kind: 'ConfigMap' } }] });
    expect(diffs[2]).toMatchObject({ changes: [{ kind: 'removed' }] });
  });

  it('has everything added where there was nothing', async () => {
    expect(kinds(await diff('nothing', files))).toEqual(['envs/prod added', 'envs/test added']);
  });

  it('looks below a path only', async () => {
    expect(kinds(await diff(files, files, 'envs/prod'))).toEqual(['envs/prod unchanged']);
  });

  it('says which side does not render, and goes on', async () => {
    const after = { ...files, 'envs/prod/kustomization.yaml': 'resources: [none.yaml]\n' };

    const [broken, other] = await diff(files, after);

    expect(broken).toMatchObject({
      kind: 'failed',
      side: 'after',
      code: 'render-failed',
      fix: 'add the file, or take its name out of the kustomization',
    });
    expect(other?.kind).toBe('unchanged');
    expect((await diff(after, files))[0]).toMatchObject({ kind: 'failed', side: 'before' });
  });

  it('never shows the values of a Secret', async () => {
    const after = { ...files, 'envs/test/own.yaml': (files['envs/test/own.yaml'] ?? '').replace('p: one', 'p: hunter2') };

    const diffs = await diff(files, after);

    expect(kinds(diffs)).toEqual(['envs/prod unchanged', 'envs/test changed']);
    expect(JSON.stringify(diffs)).not.toMatch(/hunter2|aHVudGVyMg/);
  });
});
