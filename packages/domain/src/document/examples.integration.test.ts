import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOfBytes } from '../evidence/digest.ts';
import { printReleaseManifest } from '../release/create-release.ts';
import { pathArtifactDigest, type ArtifactFile } from '../release/path-artifact-digest.ts';
import { referTo } from '../release/release-file.ts';
import { printReleaseManifestRef, readReleaseManifestRef } from '../release/release-manifest-ref.ts';
import { readReleaseManifest, type ReleaseManifest } from '../release/release-manifest.ts';
import { documentText } from './document-text.ts';
import { readAnyDocument } from './read-any-document.ts';
import { RepoPath } from './repo-path.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const example = join(examples, 'platform-control');

async function filesIn(folder: string, ending: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(folder, name));
}

async function textOf(file: string): Promise<string> {
  const read = documentText(await readFile(file), file);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.text;
}

async function manifestIn(file: string): Promise<ReleaseManifest> {
  const read = readReleaseManifest(await textOf(file), file);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const documents = [...(await filesIn(join(example, '.fairlead'), '.yaml')), ...(await filesIn(join(example, 'environments'), '.ref'))];
const manifests = [...(await filesIn(join(example, 'releases'), '.yaml')), ...(await filesIn(join(examples, 'history/releases'), '.yaml'))];

describe('the example', () => {
  it('has documents to read', () => {
    expect(documents.length).toBeGreaterThan(10);
    expect(manifests.length).toBeGreaterThan(3);
  });

  it.each([...documents, ...manifests].map((file) => [file.slice(examples.length + 1), file]))('%s is valid', async (_, file) => {
    const read = readAnyDocument(await textOf(file), file);

    expect(read.kind === 'invalid' ? read.problems : []).toEqual([]);
  });

  it.each(manifests.map((file) => [file.slice(examples.length + 1), file]))('%s has the bytes that we print', async (_, file) => {
    expect(printReleaseManifest(await manifestIn(file))).toBe(await textOf(file));
  });

  it('names its manifests by their digest, and references have the bytes that we print', async () => {
    for (const file of await filesIn(join(example, 'environments'), 'release-manifest.ref')) {
      const text = await textOf(file);
      const ref = readReleaseManifestRef(text, file);
      if (ref.kind === 'invalid') throw new Error(JSON.stringify(ref.problems));
      const manifest = await manifestIn(join(example, ref.value.manifest));

      expect(printReleaseManifestRef(referTo(manifest))).toBe(text);
      expect(basename(ref.value.manifest)).toBe(`${ref.value.release.replace(':', '-')}.yaml`);
    }
  });

  it('has the base that its release names', async () => {
    const [released = ''] = await filesIn(join(example, 'releases'), '.yaml');
    const base = (await manifestIn(released)).artifacts?.find(({ type }) => type === 'kustomize-base');
    const root = join(example, base?.path ?? '');
    const names = await readdir(root, { recursive: true });
    const files: ArtifactFile[] = [];
    for (const name of names) {
      const file = join(root, name);
      const { mode } = await stat(file);
      if ((await stat(file)).isDirectory()) continue;
      files.push({ mode: mode & 0o100 ? '100755' : '100644', path: RepoPath.parse(name), content: digestOfBytes(await readFile(file)) });
    }

    expect(pathArtifactDigest(files)).toBe(base?.digest);
  });
});
