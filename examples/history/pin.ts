// Brings the example in line with itself after an edit: `npm run example:pin`. With `--check` it only says what is stale.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildExampleHistory, exampleStory, pathArtifactDigest, readExampleTrees, readFileTree, subtree } from '@fairlead/sandbox';
import { pinManifest, type PinnedManifest } from './pinned-manifest.ts';
import { manifestPath, releaseReference, releaseValues } from './released-files.ts';
import { setImageDigests } from './set-image-digests.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const history = import.meta.dirname;
const example = join(history, '..', 'platform-control');
const folders = { example, history };
const pinnedEnvironments = ['staging', 'prod'];
const environments = ['dev-control-rke2', ...pinnedEnvironments];

/** What only this script writes, so that a file that is no longer due goes. */
const generated = /^platform-control\/(?:releases\/|environments\/[^/]+\/release\/)/;

await main(process.argv.includes('--check'));

async function main(checkOnly: boolean): Promise<void> {
  const root = dirname(history);
  const expected = await expectedFiles();
  const found = await readFileTree(root);
  const extra = [...found.keys()].filter((path) => generated.test(path) && !expected.has(path));
  const stale = [...expected].filter(([path, content]) => !sameBytes(content, found.get(path)?.content));
  for (const path of [...extra, ...stale.map(([changed]) => changed)]) console.log(`${checkOnly ? 'stale' : 'pinned'} ${path}`);
  if (checkOnly) {
    process.exitCode = extra.length + stale.length > 0 ? 1 : 0;
    return;
  }
  for (const path of extra) await rm(join(root, path));
  for (const [path, content] of stale) await write(join(root, path), content);
}

function sameBytes(expected: Uint8Array, found: Uint8Array | undefined): boolean {
  return found !== undefined && Buffer.compare(expected, found) === 0;
}

async function write(file: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** All files that follow from the others, with paths from `examples/`. */
async function expectedFiles(): Promise<Files> {
  const manifests = await pinManifests();
  const [first] = manifests;
  if (first === undefined) throw new Error('the story has no release');
  return new Map([
    ...manifests.map((manifest) => file(`history/releases/${manifest.document.metadata.version}.yaml`, manifest.text)),
    ...(await releasedTree(first)),
  ]);
}

async function pinManifests(): Promise<readonly PinnedManifest[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'fairlead-example-'));
  try {
    const { commits } = await buildExampleHistory({ ...folders, into: join(scratch, 'repository.git') });
    const trees = await readExampleTrees(folders);
    return await Promise.all(
      exampleStory.map(async ({ version, at }) =>
        pinManifest(await readFile(join(history, 'releases', `${version}.yaml`), 'utf8'), {
          commit: commits[version],
          createdAt: at,
          baseDigest: pathArtifactDigest(subtree(trees[version], 'deploy/base')),
        }),
      ),
    );
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** What promoting the release to every environment writes. */
async function releasedTree(manifest: PinnedManifest): Promise<Files> {
  const base = await readFileTree(join(example, 'deploy', 'base'));
  const unreleased = await readFileTree(join(history, 'unreleased'));
  const files = new Map([file(`platform-control/${manifestPath(manifest)}`, manifest.text)]);
  for (const name of environments) {
    const folder = `environments/${name}`;
    const overlay = unreleased.get(`${folder}/kustomization.yaml`);
    if (overlay === undefined) throw new Error(`no unreleased kustomization.yaml of ${name}`);
    const text = setImageDigests(Buffer.from(overlay.content).toString(), manifest.document.components);
    files.set(...file(`platform-control/${folder}/kustomization.yaml`, text));
    files.set(...file(`platform-control/${folder}/release-manifest.ref`, releaseReference(manifest)));
    files.set(...file(`platform-control/${folder}/values/release.yaml`, releaseValues(manifest, name)));
  }
  for (const name of pinnedEnvironments) {
    for (const [path, { content }] of base) files.set(`platform-control/environments/${name}/release/${path}`, content);
  }
  return files;
}

function file(path: string, text: string): [string, Uint8Array] {
  return [path, Buffer.from(text)];
}
