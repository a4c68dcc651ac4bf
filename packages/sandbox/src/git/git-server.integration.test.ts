import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startGitServer, type GitServer } from './git-server.ts';
import { git, isolatedGitEnvironment, gitConfigEnvironment, runGit } from './isolated-git.ts';

let folder: string;
let server: GitServer;
const pushed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-server-'));
  server = await startGitServer({ root: join(folder, 'root'), onPush: (repository) => pushed.push(repository) });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A work tree whose first commit is pushed to a new repository. */
async function seeded(name: string): Promise<string> {
  await server.createRepository(name);
  const work = join(folder, `work-${name}`);
  await git(['clone', '--quiet', server.repositoryUrl(name), work], folder);
  await commitFile(work, 'README', 'hello');
  await git(['push', '--quiet', 'origin', 'HEAD:main'], work);
  return work;
}

async function commitFile(work: string, name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(work, name), content);
  await git(['add', name], work);
  await git(['commit', '--quiet', '-m', `add ${name}`], work);
  return git(['rev-parse', 'HEAD'], work);
}

/** Node's client, because fetch would tidy the path. */
function rawStatus(path: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(server.url, { path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('git server', () => {
  it('takes a push and serves it to a clone and a later fetch', async () => {
    const work = await seeded('app');
    const copy = join(folder, 'copy-app');
    await git(['clone', '--quiet', server.repositoryUrl('app'), copy], folder);
    const second = await commitFile(work, 'second', 'more');
    await git(['push', '--quiet', 'origin', 'HEAD:main'], work);

    await git(['fetch', '--quiet', 'origin'], copy);

    expect(await git(['rev-parse', 'origin/main'], copy)).toBe(second);
    expect(pushed).toContain('app.git');
  });

  it('serves a clone too large for one buffer without keeping a listener for each of its parts', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const work = await seeded('wide');
    await commitFile(work, 'blob', randomBytes(12 * 1024 * 1024));
    await git(['push', '--quiet', 'origin', 'HEAD:main'], work);

    await git(['clone', '--quiet', server.repositoryUrl('wide'), join(folder, 'copy-wide')], folder);

    process.off('warning', onWarning);
    expect(warnings.map(({ message }) => message)).toEqual([]);
  });

  it('takes a push too large for one buffer, sent in chunks and compressed', async () => {
    const work = await seeded('large');
    const head = await commitFile(work, 'blob', randomBytes(4 * 1024 * 1024));

    await git(
      ['push', '--quiet', 'origin', 'HEAD:main'],
      work,
      isolatedGitEnvironment(gitConfigEnvironment({ 'http.postBuffer': '65536' })),
    );

    expect(await git(['ls-remote', server.repositoryUrl('large'), 'refs/heads/main'], folder)).toContain(head);
  });

  it('lets a client leave blobs out and fetch any commit by its name', async () => {
    const work = await seeded('partial');
    const orphan = await commitFile(work, 'later', 'gone from every branch');
    await git(['push', '--quiet', 'origin', 'HEAD:main'], work);
    await git(['push', '--quiet', '--force', 'origin', 'HEAD~1:main'], work);
    const copy = join(folder, 'copy-partial');

    await git(['clone', '--quiet', '--bare', '--filter=blob:none', server.repositoryUrl('partial'), copy], folder);
    await git(['fetch', '--quiet', 'origin', orphan], copy);

    expect(await git(['rev-list', '--objects', '--missing=print', orphan], copy)).toContain('?');
    expect(await git(['show', `${orphan}:later`], copy)).toBe('gone from every branch');
  });

  it('speaks protocol version 2', async () => {
    await seeded('protocol');

    const trace = await runGit(['ls-remote', server.repositoryUrl('protocol')], folder, isolatedGitEnvironment({ GIT_TRACE_PACKET: '1' }));

    expect(trace.stderr).toContain('version 2');
  });

  it('serves clients at the same time', async () => {
    await seeded('busy');

    const clones = await Promise.all(
      [1, 2, 3, 4].map((n) => runGit(['clone', '--quiet', server.repositoryUrl('busy'), `busy-${String(n)}`], folder)),
    );

    expect(clones.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });

  it('answers 404 for a repository that does not exist', async () => {
    expect(await rawStatus('/none.git/info/refs?service=git-upload-pack')).toBe(404);
  });

  it('does not leave its root', async () => {
    await git(['init', '--quiet', '--bare', join(folder, 'outside.git')], folder);
    await symlink(join(folder, 'outside.git'), join(folder, 'root', 'link.git'));

    for (const name of ['../outside.git', 'x/../../outside.git', '%2e%2e/outside.git', 'link.git']) {
      expect(await rawStatus(`/${name}/info/refs?service=git-upload-pack`), name).toBe(404);
    }
  });
});

describe('git server with a token', () => {
  it('refuses without it or with a wrong one, and accepts the right one', async () => {
    await using guarded = await startGitServer({ root: join(folder, 'guarded'), token: 't0ken' });
    await guarded.createRepository('app');
    const refs = `${guarded.repositoryUrl('app')}/info/refs?service=git-upload-pack`;
    const withUser = guarded.repositoryUrl('app').replace('http://', 'http://anyone:t0ken@');

    expect((await fetch(refs)).status).toBe(401);
    expect((await fetch(refs, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(refs, { headers: { authorization: 'Bearer t0ken' } })).status).toBe(200);
    expect((await runGit(['ls-remote', withUser], folder)).code).toBe(0);
  });

  it('tells an unauthenticated client nothing about which repositories exist', async () => {
    await using guarded = await startGitServer({ root: join(folder, 'guarded'), token: 't0ken' });

    expect((await fetch(`${guarded.repositoryUrl('none')}/info/refs?service=git-upload-pack`)).status).toBe(401);
  });
});
