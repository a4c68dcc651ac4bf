import { memorySnapshot, type FileSnapshot } from '@fairlead/renderer';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { type JsonObject } from '../../json/json.ts';
import { editKustomization, withGeneratedKustomization } from './generate-kustomization.ts';

async function kustomizationIn(files: FileSnapshot, path: string): Promise<unknown> {
  const answer = await files.look(path);
  return answer.kind === 'file' ? parse(Buffer.from(answer.bytes).toString()) : answer.kind;
}

const kustomization = (spec: JsonObject): Parameters<typeof withGeneratedKustomization>[2] => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'web' },
  spec,
});

describe('editKustomization', () => {
  it('sets names and adds patches and components to what is there', () => {
    const spec = { targetNamespace: 'shop', namePrefix: 'a-', patches: [{ patch: 'p' }], components: ['c'] };

    expect(editKustomization({ namespace: 'other', patches: [{ path: 'q' }] }, spec)).toEqual({
      namespace: 'shop',
      namePrefix: 'a-',
      patches: [{ path: 'q' }, { patch: 'p' }],
      components: ['c'],
    });
  });

  it('lets a new tag or digest take the place of both, and keeps what it does not set', () => {
    const written = {
      images: [
        { name: 'web', newName: 'there', newTag: '1', digest: 'sha256:a' },
        { name: 'db', newTag: '2' },
      ],
    };
    const spec = {
      images: [
        { name: 'web', digest: 'sha256:b' },
        { name: 'db', newName: 'elsewhere' },
        { name: 'new', newTag: '3' },
      ],
    };

    expect(editKustomization(written, spec)).toEqual({
      images: [
        { name: 'web', newName: 'there', digest: 'sha256:b' },
        { name: 'db', newName: 'elsewhere', newTag: '2' },
        { name: 'new', newTag: '3' },
      ],
    });
  });
});

describe('withGeneratedKustomization', () => {
  it('lists the manifests below a folder that has none, and folders with one of their own', async () => {
    const files = memorySnapshot({
      'app/a.yaml': '',
      'app/in/b.yml': '',
      'app/own/kustomization.yaml': '',
      'app/own/c.yaml': '',
      'app/notes.md': '',
    });

    const generated = await withGeneratedKustomization(files, 'app', kustomization({ targetNamespace: 'shop' }));

    expect(await kustomizationIn(generated, 'app/kustomization.yaml')).toMatchObject({
      namespace: 'shop',
      resources: ['./a.yaml', './in/b.yml', './own'],
    });
  });

  it('leaves the files alone where there is nothing to change', async () => {
    const files = memorySnapshot({ 'app/kustomization.yaml': 'resources: [a.yaml]' });

    expect(await withGeneratedKustomization(files, 'app', kustomization({ path: './app' }))).toBe(files);
  });
});
