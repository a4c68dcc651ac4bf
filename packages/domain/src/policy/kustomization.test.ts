import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../desired-state/manifest-file.ts';
import { isComponent, isKustomization, kustomizationReferences, pathFrom } from './kustomization.ts';

function leavesOf(text: string) {
  const read = readManifestFile(text, 'kustomization.yaml');
  return read.kind === 'read' ? read.documents.flatMap(({ leaves }) => leaves) : [];
}

describe('a kustomization', () => {
  it('is known by its name', () => {
    expect(['a/kustomization.yaml', 'kustomization.yml', 'Kustomization'].every(isKustomization)).toBe(true);
    expect(['a/kustomization.json', 'a/my-kustomization.yaml', 'Kustomization/x.yaml'].some(isKustomization)).toBe(false);
  });

  it('builds on files and folders, from the root; remote ones and those outside are left out', () => {
    const text =
      'resources: [a.yaml, ../base/, "https://git.example.com/x", ../../../out]\ncomponents: [./parts/tls]\npatches: [{ path: p.yaml }]\n';

    expect(kustomizationReferences('env/prod/kustomization.yaml', leavesOf(text))).toEqual([
      'env/prod/a.yaml',
      'env/base',
      'env/prod/parts/tls',
    ]);
  });

  it('may be a Component', () => {
    expect(isComponent(leavesOf('kind: Component\n'))).toBe(true);
    expect(isComponent(leavesOf('kind: Kustomization\nmetadata: { kind: Component }\n'))).toBe(false);
  });
});

describe('pathFrom', () => {
  it.each([
    ['a/b', '../c', 'a/c'],
    ['', 'x//y/./z', 'x/y/z'],
    ['a', '..', ''],
    ['a', '../..', undefined],
    ['a', '/etc/passwd', undefined],
    ['a', 'https://x.example.com/y', undefined],
  ])('from %j to %j', (folder, path, expected) => {
    expect(pathFrom(folder, path)).toBe(expected);
  });
});
