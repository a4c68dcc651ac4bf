import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startGitServer, type GitServer } from '../git/git-server.ts';
import { git } from '../git/isolated-git.ts';
import { gitMirror, type GitMirror } from './git-mirror.ts';

let folder: string;
let server: GitServer;
let mirror: GitMirror;
let work: string;
let first: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-mirror-'));
  server = await startGitServer({ root: join(folder, 'root'), token: 't0ken' });
  const origin = await server.createRepository('app');
  work = join(folder, 'work');
  await git(['clone', '--quiet', origin, work], folder);
  await mkdir(join(work, 'overlays/dev'), { recursive: true });
  await writeFile(join(work, 'overlays/dev/a.yaml'), 'kind: A\n');
  await symlink('overlays', join(work, 'link'));
  await git(['add', '.'], work);
  await git(['commit', '--quiet', '-m', 'first'], work);
  first = await git(['rev-parse', 'HEAD'], work);
  await git(['tag', '-a', 'v1', '-m', 'v1'], work);
  await git(['push', '--quiet', '--tags', 'origin', 'HEAD:main'], work);
  mirror = gitMirror(join(folder, 'mirror'), { url: server.repositoryUrl('app'), token: 't0ken' });
});

afterAll(async () => {
  await mirror[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('git mirror', () => {
  it.each(['main', 'v1', 'HEAD', '', 'refs/heads/main'])("resolves '%s' to the commit behind it", async (revision) => {
    expect(await mirror.resolve(revision)).toBe(first);
  });

  it('says which revision it can not resolve', async () => {
    await expect(mirror.resolve('nope')).rejects.toThrow("unable to resolve 'nope' to a commit SHA");
  });

  it('reads files and folders of a commit, and refuses links', async () => {
    const files = await mirror.files(first);

    expect(await files.look('overlays/dev/a.yaml')).toMatchObject({ kind: 'file', bytes: Uint8Array.from(Buffer.from('kind: A\n')) });
    expect(await files.look('')).toMatchObject({ kind: 'directory', entries: ['link', 'overlays'] });
    expect(await files.look('overlays')).toMatchObject({ kind: 'directory', entries: ['dev'] });
    expect(await files.look('link/dev/a.yaml')).toEqual({ kind: 'symlink' });
    expect(await files.look('overlays/none')).toEqual({ kind: 'absent' });
  });

  it('fetches a commit that came later, and notices it', async () => {
    const before = await mirror.fingerprint();
    await writeFile(join(work, 'overlays/dev/a.yaml'), 'kind: B\n');
    await git(['commit', '--quiet', '-am', 'second'], work);
    await git(['push', '--quiet', 'origin', 'HEAD:main'], work);

    const second = await mirror.resolve('main');

    expect(await mirror.fingerprint()).not.toBe(before);
    expect(await (await mirror.files(second)).look('overlays/dev/a.yaml')).toMatchObject({
      bytes: Uint8Array.from(Buffer.from('kind: B\n')),
    });
  });

  it('reports a commit that the repository does not have in the words of Argo CD', async () => {
    const unknown = 'deadbeef'.repeat(5);

    await expect(mirror.files(unknown)).rejects.toThrow(
      `failed to initialize repository resources: rpc error: code = Internal desc = Failed to checkout revision ${unknown}: \`git fetch origin ${unknown} --tags --force --prune\` failed exit status 128: fatal: remote error: upload-pack: not our ref ${unknown}`,
    );
  });

  it('reports a repository that is not there, and one that asks for credentials', async () => {
    await using missing = gitMirror(join(folder, 'mirror-2'), { url: server.repositoryUrl('none'), token: 't0ken' });
    await using guarded = gitMirror(join(folder, 'mirror-3'), { url: server.repositoryUrl('app') });

    await expect(missing.resolve('main')).rejects.toThrow('failed to list refs: repository not found: ');
    await expect(guarded.resolve('main')).rejects.toThrow('failed to list refs: authentication required: ');
  });
});
