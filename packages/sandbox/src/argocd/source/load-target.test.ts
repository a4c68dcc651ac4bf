import { type FileAnswer, type FileSnapshot } from '@fairlead/renderer';
import { describe, expect, it } from 'vitest';

import { type Render } from '../../source/render.ts';
import { loadTarget, type TargetManifests } from './load-target.ts';

function filesOf(content: Readonly<Record<string, string>>): FileSnapshot {
  return {
    look: (path) => {
      const text = content[path];
      if (text !== undefined) return Promise.resolve({ kind: 'file', bytes: Buffer.from(text), digest: path });
      const prefix = path === '' ? '' : `${path}/`;
      const below = Object.keys(content).filter((name) => name.startsWith(prefix));
      const entries = [...new Set(below.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))];
      const answer: FileAnswer = entries.length === 0 ? { kind: 'absent' } : { kind: 'directory', entries, digest: path };
      return Promise.resolve(answer);
    },
  };
}

const echo: Render = (request) =>
  Promise.resolve({ kind: 'rendered', objects: [{ apiVersion: 'v1', kind: request.kind, metadata: { name: request.path } }] });

function load(content: Readonly<Record<string, string>>, path: string, render: Render = echo): Promise<TargetManifests> {
  return loadTarget({ application: 'web', namespace: 'shop', source: { path }, files: filesOf(content), render });
}

describe('loadTarget', () => {
  it('tells the type of a source by the files in its folder', async () => {
    expect((await load({ 'a/kustomization.yaml': '' }, 'a')).sourceType).toBe('Kustomize');
    expect((await load({ 'a/Chart.yaml': '' }, './a/')).sourceType).toBe('Helm');
    expect((await load({ 'a/x.yaml': '' }, 'a')).sourceType).toBe('Directory');
  });

  it('reads plain manifests in the order of their names, lists taken apart', async () => {
    const target = await load(
      {
        'b.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\n# nothing\n',
        'a.json': '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}]}',
        'README.md': '',
      },
      '.',
    );

    expect(target.objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Service']);
  });

  it('says that a path is missing as Argo CD does', async () => {
    await expect(load({ 'a/x.yaml': '' }, 'overlays/missing')).rejects.toThrow('overlays/missing: app path does not exist');
  });

  it('says what the renderer says, around it the command that Argo CD would have run', async () => {
    const refuse: Render = () => Promise.resolve({ kind: 'failed', message: 'accumulating resources: no such file' });

    await expect(load({ 'a/kustomization.yaml': '' }, 'a', refuse)).rejects.toThrow(
      '`kustomize build <path to cached source>/a` failed exit status 1: Error: accumulating resources: no such file',
    );
  });
});
