import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { RepoPath } from '@fairlead/domain';
import { type GitServer, startGitServer } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRepository, gitRepository } from './git-repository.ts';
import type { GitCredentials, GitOptions } from './options.ts';
import { type BareRemote, bareRemote } from './testing/bare-remote.ts';

const token = 'hunter2-and-more';
const at = new Date('2026-11-23T10:00:00Z');

describe('gitRepository over HTTP', () => {
  let remote: BareRemote;
  let server: GitServer;
  let git: GitRepository | undefined;

  const open = (options: Partial<GitOptions> = {}): GitRepository => {
    const mirrorDirectory = join(remote.directory, 'mirror.git');
    git = gitRepository({ name: 'example', url: server.repositoryUrl('remote'), mirrorDirectory, ...options });
    return git;
  };

  const credentials = (given: GitCredentials) => (): Promise<GitCredentials> => Promise.resolve(given);

  beforeEach(async () => {
    remote = bareRemote();
    remote.push('main', { 'README.md': 'hello\n', 'a/b.yaml': 'b: 1\n', 'a/c.yaml': 'c: 1\n', 'z/d.yaml': 'd: 1\n' });
    server = await startGitServer({ root: remote.directory, token });
  });

  afterEach(async () => {
    await git?.[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    remote.remove();
  });

  it.each<[string, GitCredentials]>([
    ['basic', { kind: 'basic', username: 'fairlead', password: token }],
    ['bearer', { kind: 'bearer', token }],
  ])('fetches and pushes with %s credentials, and leaves them nowhere', async (_, given) => {
    const opened = open({ credentials: credentials(given) });
    await opened.fetch();
    const base = await opened.head('main');
    if (base === 'absent') throw new Error('nothing fetched');
    const edit = { kind: 'write', path: RepoPath.parse('x'), text: 'x\n' } as const;
    const commit = await opened.commit({ parents: [base], base, edits: [edit], message: 'x', at });

    expect(await opened.push('fairlead/x', commit, 'absent')).toEqual({ kind: 'pushed' });
    expect(allText(join(remote.directory, 'mirror.git'))).not.toContain(token);
  });

  it('asks for credentials each time, so that they may change', async () => {
    const given = ['wrong', token];
    const opened = open({ credentials: () => Promise.resolve({ kind: 'bearer', token: given.shift() ?? token }) });

    await expect(opened.fetch()).rejects.toMatchObject({ kind: 'upstream' });
    await opened.fetch();
    expect(await opened.head('main')).not.toBe('absent');
  });

  it('fails without credentials, without a prompt, and says nothing secret', async () => {
    const opened = open({ credentials: credentials({ kind: 'basic', username: 'x', password: 'wrong-secret' }) });

    await expect(opened.fetch()).rejects.toThrow(/^(?!.*(wrong-secret|eDp3cm9uZy1zZWNyZXQ)).*example/s);
  });

  it('does not follow a redirect with its credentials', async () => {
    const seen: (string | undefined)[] = [];
    const thief = createServer((incoming, response) => {
      seen.push(incoming.headers.authorization);
      response.writeHead(404).end();
    });
    const front = createServer((incoming, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${portOf(thief)}${incoming.url ?? ''}` }).end();
    });
    await Promise.all([thief, front].map((one) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))));
    const opened = open({ url: `http://127.0.0.1:${portOf(front)}/remote.git`, credentials: credentials({ kind: 'bearer', token }) });

    await expect(opened.fetch()).rejects.toMatchObject({ kind: 'upstream' });
    expect(seen).toEqual([]);
    await Promise.all([thief, front].map((one) => new Promise((resolve) => one.close(resolve))));
  });

  it('ends a remote that does not answer in time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const opened = open({ url: `http://127.0.0.1:${portOf(silent)}/remote.git`, timeoutMs: 300 });

    await expect(opened.fetch()).rejects.toMatchObject({ code: 'git-timed-out', retryable: true });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it.each([
    ['https://user:secret@example.com/x.git', 'credentials-in-url'],
    ['https://token@example.com/x.git', 'credentials-in-url'],
    ['ext::sh -c touch% /tmp/x', 'url-invalid'],
    ['file:///etc', 'url-invalid'],
    ['/etc', 'url-invalid'],
    ['--upload-pack=touch', 'url-invalid'],
    ['-oProxyCommand=x@host:path', 'url-invalid'],
    ['ssh://-oProxyCommand=x/path', 'url-invalid'],
  ])('refuses the url %s', (url, code) => {
    expect(() => open({ url })).toThrow(expect.objectContaining({ code }));
    expect(() => open({ url })).not.toThrow(/secret/);
  });

  describe('with a server that leaves blobs out', () => {
    beforeEach(() => {
      remote.git('-C', remote.bare, 'config', 'uploadpack.allowFilter', 'true');
    });

    const signedIn = (): GitRepository => open({ credentials: credentials({ kind: 'bearer', token }) });
    const missing = (): readonly string[] =>
      inMirror('rev-list', '--objects', '--all', '--missing=print')
        .split('\n')
        .filter((line) => line.startsWith('?'));
    const inMirror = (...args: readonly string[]): string =>
      spawnSync('git', ['-C', join(remote.directory, 'mirror.git'), ...args], { encoding: 'utf8' }).stdout;

    it('brings a folder’s files together when the first is read, and no others', async () => {
      const opened = signedIn();
      await opened.fetch();
      expect(missing().length).toBe(4);
      const head = await opened.head('main');
      const files = await opened.snapshot(head === 'absent' ? never() : head);

      expect(await files.look('a/b.yaml')).toMatchObject({ kind: 'file', bytes: Buffer.from('b: 1\n') });
      expect(missing().length).toBe(2);
      expect(await files.digest?.('z/d.yaml')).toBe(remote.git('rev-parse', 'main:z/d.yaml'));
      expect(missing().length).toBe(2);
    });

    it('asks once for what many read at the same time', async () => {
      let asked = 0;
      const opened = open({
        credentials: () => {
          asked += 1;
          return Promise.resolve({ kind: 'bearer', token });
        },
      });
      await opened.fetch();
      const head = await opened.head('main');
      const files = await opened.snapshot(head === 'absent' ? never() : head);

      await Promise.all(['a/b.yaml', 'a/c.yaml', 'a/b.yaml', 'a/c.yaml'].map((path) => files.look(path)));
      expect(asked).toBe(2);
    });

    it('commits, copies, merges and pushes without the rest', async () => {
      const opened = signedIn();
      await opened.fetch();
      const base = await opened.head('main');
      if (base === 'absent') throw new Error('nothing fetched');
      const files = await (await opened.snapshot(base)).files('z');
      const [file] = files === 'absent' ? [] : files;
      if (file === undefined) throw new Error('nothing to copy');
      const copy = { kind: 'copy', path: RepoPath.parse('copied.yaml'), mode: file.mode, from: file.path, blob: file.blob } as const;
      const commit = await opened.commit({ parents: [base], base, edits: [copy], message: 'copy', at });
      const main = remote.push('main', { 'a/b.yaml': 'b: 2\n' });
      await opened.fetch();
      const merge = await opened.mergeCommit({ base: main, head: commit, message: 'merge', at });

      expect(await opened.push('main', merge, main)).toEqual({ kind: 'pushed' });
      remote.git('pull', '--quiet', 'origin', 'main');
      expect(readFileSync(join(remote.checkout, 'copied.yaml'), 'utf8')).toBe('d: 1\n');
      expect(readFileSync(join(remote.checkout, 'a/b.yaml'), 'utf8')).toBe('b: 2\n');
    });
  });
});

function never(): never {
  throw new Error('nothing fetched');
}

function portOf(server: ReturnType<typeof createServer>): string {
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : address);
}

function allText(directory: string): string {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}
