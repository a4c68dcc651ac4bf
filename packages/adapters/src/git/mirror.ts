import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { UpstreamError } from '@fairlead/domain';
import { coalesce } from './coalesce.ts';
import { withDirectoryLock } from './directory-lock.ts';
import { exclusive } from './exclusive.ts';
import type { GitSetting } from './git-environment.ts';
import { type GitAnswer, type GitCall, type GitProgram, gitProgram } from './git-program.ts';
import type { GitCredentials, GitOptions } from './options.ts';
import { checkRemoteUrl } from './remote-url.ts';
import { whenStale } from './when-stale.ts';

/** A bare copy of the remote that keeps blobs out until they are read, where the server can do that. */
export interface Mirror {
  readonly program: GitProgram;
  /** Makes the directory a repository if it isn't one yet. Call before the first read. */
  prepare(): Promise<void>;
  fetch(freshness?: { readonly maxAgeMs?: number }): Promise<void>;
  fetchObjects(names: readonly string[]): Promise<void>;
  /** A call that may use the network, while nobody else writes references here. */
  exchange(args: readonly string[], answers: readonly number[]): Promise<GitAnswer>;
  /** A call that may have to bring missing objects. */
  compute(args: readonly string[], answers: readonly number[]): Promise<GitAnswer>;
}

const lockWaitMs = 300_000;

/** Known to git from here alone: nothing about the remote is in the mirror's config, where it would grow stale. `promisor` is left
 *  out for plain reads, so a missing object is an answer and not a hidden download. */
const partialClone: readonly GitSetting[] = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'blob:none'],
];

export function openMirror(options: GitOptions): Mirror {
  const { name, mirrorDirectory } = options;
  checkRemoteUrl(options);
  const surroundings = options.surroundings ?? {};
  const program = gitProgram({ name, directory: mirrorDirectory, surroundings, gitDirectory: mirrorDirectory });
  const alone = exclusive();
  const locked = <Result>(work: () => Promise<Result>): Promise<Result> =>
    alone(() => withDirectoryLock(join(mirrorDirectory, 'fairlead.lock'), lockWaitMs, work));

  async function prepare(): Promise<void> {
    // Written last: a repository that is half made isn't one.
    const made = join(mirrorDirectory, 'fairlead.made');
    if (await exists(made)) return;
    await mkdir(mirrorDirectory, { recursive: true });
    const maker = gitProgram({ name, directory: mirrorDirectory, surroundings });
    await locked(async () => {
      await maker.run(['init', '--bare', '--quiet', '--template=', '--object-format=sha1', mirrorDirectory]);
      await writeFile(made, '');
    });
  }

  const exchange: Mirror['exchange'] = async (args, answers) => {
    await prepare();
    const network = await remoteCall(options);
    const call = { ...network, answers, settings: [...(network.settings ?? []), ...references] };
    return locked(() => breakingStaleLocks(mirrorDirectory, () => program.run(args, call)));
  };

  const collectGarbage = whenStale(async () => {
    await locked(() => program.run(['gc', '--auto', '--quiet'], { settings: [...partialClone, ...collect], timeoutMs: 600_000 }));
  });

  return {
    program,
    prepare,
    exchange,
    fetch: whenStale(
      coalesce(async () => {
        await exchange(['fetch', ...quiet, '--prune', 'origin'], [0]);
        await collectGarbage({ maxAgeMs: collectEveryMs });
      }),
    ),
    async fetchObjects(names) {
      const call = await remoteCall(options);
      const input = `${names.join('\n')}\n`;
      // No references change, so no lock; there is nothing to negotiate about single objects.
      const settings = [...(call.settings ?? []), ['fetch.negotiationAlgorithm', 'noop'] as const];
      await program.run(['fetch', ...quiet, '--no-tags', '--stdin', 'origin'], { ...call, settings, input });
    },
    async compute(args, answers) {
      return program.run(args, { ...(await remoteCall(options)), answers });
    },
  };
}

async function remoteCall(options: GitOptions): Promise<GitCall> {
  const { settings, secrets } = await signIn(options);
  return {
    settings: [['remote.origin.url', options.url], ...partialClone, ...settings],
    secrets,
    protocols: ['http', 'https', 'ssh', ...(options.allowFileProtocol === true ? ['file'] : [])],
    timeoutMs: options.timeoutMs ?? 120_000,
  };
}

const quiet = ['--quiet', '--no-write-fetch-head', '--no-auto-maintenance', '--filter=blob:none'];

const references: readonly GitSetting[] = [
  ['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'],
  ['remote.origin.fetch', '+refs/tags/*:refs/tags/*'],
  ['remote.origin.tagOpt', '--no-tags'],
];

/** Whether there is enough to collect is a question that costs a process. */
const collectEveryMs = 600_000;

const collect: readonly GitSetting[] = [
  ['gc.auto', '6700'],
  ['gc.autoDetach', 'false'],
];

async function signIn({
  credentials,
  url,
}: GitOptions): Promise<{ readonly settings: readonly GitSetting[]; readonly secrets: readonly string[] }> {
  if (credentials === undefined || !/^https?:/.test(url)) return { settings: [], secrets: [] };
  const given = await credentials();
  const value = headerValue(given);
  const secret = given.kind === 'basic' ? given.password : given.token;
  return { settings: [[`http.${new URL(url).origin}/.extraHeader`, `Authorization: ${value}`]], secrets: [value, secret] };
}

function headerValue(given: GitCredentials): string {
  if (given.kind === 'bearer') return `Bearer ${given.token}`;
  return `Basic ${Buffer.from(`${given.username}:${given.password}`).toString('base64')}`;
}

const staleLockMs = 60_000;

/** Git holds a reference's lock for milliseconds; one older than a minute is a killed process's, and would block us for ever. */
async function breakingStaleLocks(directory: string, run: () => Promise<GitAnswer>): Promise<GitAnswer> {
  try {
    return await run();
  } catch (error) {
    const named = error instanceof UpstreamError ? /Unable to create '([^']+\.lock)': File exists/.exec(error.message)?.[1] : undefined;
    if (named?.startsWith(directory + sep) !== true) throw error;
    const lock = await stat(named).catch(() => undefined);
    if (lock !== undefined && Date.now() - lock.mtimeMs < staleLockMs) throw error;
    await rm(named, { force: true });
    return run();
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
