import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readAnyDocument, readReleaseManifest, type ReleaseManifest } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExampleHistory, type ExampleHistory } from './build-example-history.ts';
import { exampleStory } from './example-story.ts';
import { readFileTree, type FileTree, type TreeFile } from './file-tree.ts';
import { isolatedGit } from './isolated-git.ts';
import { pathArtifactDigest } from './path-artifact-digest.ts';

const run = promisify(execFile);
const examples = resolve(import.meta.dirname, '../../../../examples');
const example = join(examples, 'platform-control');
const history = join(examples, 'history');
const versions = exampleStory.map(({ version }) => version);

let scratch = '';
let repository = '';
let built: ExampleHistory;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'fairlead-example-'));
  repository = join(scratch, 'repository.git');
  built = await buildExampleHistory({ example, history, into: repository });
});

afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** The files of a folder at a commit, read from Git and not from our own trees. */
async function folderAt(commit: string, folder: string): Promise<FileTree> {
  const listing = await isolatedGit(repository, ['ls-tree', '-r', `${commit}:${folder}`]);
  const entries = listing.trim().split('\n');
  const files = await Promise.all(
    entries.map(async (line): Promise<[string, TreeFile]> => {
      const [meta = '', path = ''] = line.split('\t');
      const [mode, , blob = ''] = meta.split(' ');
      const content = Buffer.from(await isolatedGit(repository, ['cat-file', 'blob', blob]));
      return [path, { mode: mode === '100755' ? mode : '100644', content }];
    }),
  );
  return new Map(files);
}

async function manifestOf(version: string): Promise<ReleaseManifest> {
  const file = join(history, 'releases', `${version}.yaml`);
  const read = readReleaseManifest(await readFile(file, 'utf8'), file);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.value;
}

async function pathsAt(commit: string): Promise<readonly string[]> {
  return (await isolatedGit(repository, ['ls-tree', '-r', '--name-only', commit])).trim().split('\n');
}

describe('example history', () => {
  it.each(versions)('gives %s the commit, the time and the base that its manifest names', async (version) => {
    const manifest = await manifestOf(version);

    const commit = built.commits[version];
    const base = pathArtifactDigest(await folderAt(commit, 'deploy/base'));
    const dates = await isolatedGit(repository, ['show', '-s', '--format=%at %ct', commit]);

    expect(commit).toBe(manifest.source.commit);
    expect(base).toBe(manifest.artifacts?.find(({ name }) => name === 'base')?.digest);
    const seconds = (Date.parse(manifest.metadata.createdAt) / 1000).toString();
    expect(dates).toBe(`${seconds} ${seconds}\n`);
  });

  it('is one line of commits, with main at its start', async () => {
    const { commits } = built;

    const line = await isolatedGit(repository, ['rev-list', 'refs/heads/line/1.43.0']);
    const branches = await isolatedGit(repository, ['for-each-ref', '--format=%(refname) %(objectname)']);
    const head = await isolatedGit(repository, ['symbolic-ref', 'HEAD']);

    expect(line.trim().split('\n')).toEqual([commits['1.43.0'], commits['1.42.0'], commits['1.41.0']]);
    expect(branches.trim().split('\n')).toEqual([
      `refs/heads/line/1.42.0 ${commits['1.42.0']}`,
      `refs/heads/line/1.43.0 ${commits['1.43.0']}`,
      `refs/heads/main ${commits['1.41.0']}`,
    ]);
    expect(head.trim()).toBe('refs/heads/main');
  });

  it('starts with nothing released', async () => {
    const paths = await pathsAt(built.commits['1.41.0']);
    const overlays = await isolatedGit(repository, ['grep', '-c', 'digest:', built.commits['1.41.0'], '--', 'environments']).catch(
      () => '',
    );

    expect(paths).toContain('.fairlead/service.yaml');
    expect(paths).toContain('environments/prod/values/release.yaml');
    expect(paths.filter((path) => /^releases[/]|[/]release-manifest[.]ref$|^environments[/][^/]+[/]release[/]/.test(path))).toEqual([]);
    expect(overlays).toBe('');
  });

  it('adds one object to the base and removes another in 1.42.0', async () => {
    const diff = await isolatedGit(repository, [
      'diff',
      '--name-status',
      '--diff-filter=AD',
      built.commits['1.41.0'],
      built.commits['1.42.0'],
    ]);

    expect(diff.trim().split('\n')).toEqual(['D\tdeploy/base/api/service-v1.yaml', 'A\tdeploy/base/metering-worker/usage-export.yaml']);
  });

  it('names each release after the digest of its manifest', async () => {
    const folder = join(example, 'releases', 'platform-control');

    const files = await readdir(folder);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));

    const named = texts.map((text) => {
      const read = readReleaseManifest(text, folder);
      return read.kind === 'ok' ? `${read.digest.replace(':', '-')}.yaml` : read.problems;
    });
    expect(files).toHaveLength(1);
    expect(files).toEqual(named);
    expect(texts).toEqual([await readFile(join(history, 'releases', '1.41.0.yaml'), 'utf8')]);
  });

  it.each(['dev-control-rke2', 'staging', 'prod'])('edits only digests in the overlay of %s', async (name) => {
    const overlay = join('environments', name, 'kustomization.yaml');

    const before = await readFile(join(history, 'unreleased', overlay), 'utf8');
    const after = await readFile(join(example, overlay), 'utf8');

    const digests = after.split('\n').filter((line) => /^ +digest: sha256:[0-9a-f]{64}$/.test(line));
    expect(digests).toHaveLength(5);
    expect(after.split('\n').filter((line) => !digests.includes(line))).toEqual(
      before.split('\n').filter((line) => !line.includes('newTag:')),
    );
  });

  it('has only documents that Fairlead can read', async () => {
    const tree = await readFileTree(example);
    const documents = [...tree].filter(([path]) => /^[.]fairlead[/]|^releases[/]|[.]ref$/.test(path));

    const read = documents.map(([path, { content }]) => ({ path, read: readAnyDocument(Buffer.from(content).toString(), path) }));

    expect(read).toHaveLength(14);
    expect(read.filter((document) => document.read.kind === 'invalid')).toEqual([]);
  });

  it('declares a migration in 1.43.0 alone', async () => {
    const manifests = await Promise.all(versions.map(manifestOf));

    const migrations = manifests.map(({ schema }) => schema?.migrations?.map(({ id, kind }) => `${id} ${kind}`));

    expect(migrations).toEqual([undefined, undefined, ['0187-add-quota stateful']]);
  });

  it.each(['staging', 'prod'])('pins the base of the release in %s', async (name) => {
    const pinned = await readFileTree(join(example, 'environments', name, 'release'));

    expect(pathArtifactDigest(pinned)).toBe(pathArtifactDigest(await folderAt(built.commits['1.41.0'], 'deploy/base')));
  });

  it('is pinned: what follows from the sources is committed as it follows', async () => {
    const pin = run(process.execPath, ['--conditions=source', join(history, 'pin.ts'), '--check']);

    await expect(pin).resolves.toMatchObject({ stdout: '' });
  });

  it('does not depend on modes that a umask changes', async () => {
    const copy = join(scratch, 'copy');
    await cp(example, copy, { recursive: true });
    await chmod(join(copy, 'README.md'), 0o600);
    await chmod(join(copy, 'deploy'), 0o700);

    const again = await buildExampleHistory({ example: copy, history, into: join(scratch, 'again.git') });

    expect(again.commits).toEqual(built.commits);
  });

  it('changes every commit with one byte of the source', async () => {
    const copy = join(scratch, 'edited');
    await cp(example, copy, { recursive: true });
    await writeFile(join(copy, 'README.md'), 'other\n');

    const edited = await buildExampleHistory({ example: copy, history, into: join(scratch, 'edited.git') });

    for (const version of versions) expect(edited.commits[version]).not.toBe(built.commits[version]);
  });

  it('refuses a link in the example', async () => {
    const copy = join(scratch, 'linked');
    await mkdir(copy);
    await symlink('/etc/hostname', join(copy, 'link'));

    const linked = buildExampleHistory({ example: copy, history, into: join(scratch, 'linked.git') });

    await expect(linked).rejects.toThrow(/not a regular file: .*link/);
  });

  it('refuses a folder that holds something', async () => {
    const again = buildExampleHistory({ example, history, into: repository });

    await expect(again).rejects.toThrow(`folder is not empty: ${repository}`);
  });
});
