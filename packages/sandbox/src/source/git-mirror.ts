import { mkdir } from 'node:fs/promises';

import { type FileSnapshot } from '@fairlead/renderer';

import { git, gitConfigEnvironment, isolatedGitEnvironment, runGit, type GitOutcome } from '../git/isolated-git.ts';
import { blobReader } from './blob-reader.ts';
import { gitTree } from './git-tree.ts';

/** Why a source couldn't be read: `message` in the words that Argo CD uses, `detail` without what it puts around them. */
export class SourceError extends Error {
  readonly detail: string;

  constructor(message: string, detail = message) {
    super(message);
    this.detail = detail;
  }
}

export interface RepositoryAccess {
  readonly url: string;
  readonly token?: string;
}

/** One repository, as far as it was needed. */
export interface GitMirror extends AsyncDisposable {
  /** The commit that a branch, a tag or `HEAD` names now; a full SHA names itself. */
  resolve(revision: string): Promise<string>;
  /** The commits, and for annotated tags also the tag objects, that the refs name now; what a tag stands for is at its name with `^{}`. */
  refs(): Promise<ReadonlyMap<string, string>>;
  /** All refs in one text, to notice that something moved. */
  fingerprint(): Promise<string>;
  files(commit: string): Promise<FileSnapshot>;
}

/** Listings of commits that are kept in memory. */
const maxTrees = 50;

const fullSha = /^[0-9a-f]{40}$/;

/** `folder` becomes a bare repository that fetches from `access`. */
export function gitMirror(folder: string, access: RepositoryAccess): GitMirror {
  const env = environmentFor(access);
  const ready = mkdir(folder, { recursive: true }).then(() => git(['init', '--quiet', '--bare'], folder));
  const blobs = ready.then(() => blobReader(folder));
  // Whoever asks for a tree hears of a failure; without anybody asking it must not end the process.
  blobs.catch(() => undefined);
  const trees = new Map<string, Promise<FileSnapshot>>();
  let fetching: Promise<unknown> = Promise.resolve();

  const fetch = async (commit: string): Promise<void> => {
    await ready;
    if ((await runGit(['cat-file', '-e', `${commit}^{commit}`], folder)).code === 0) return;
    const outcome = await runGit(['fetch', '--quiet', '--no-tags', access.url, commit], folder, env);
    if (outcome.code !== 0) throw new SourceError(checkoutMessage(commit, outcome));
  };
  const loadTree = async (commit: string): Promise<FileSnapshot> => {
    // Two fetches into one repository would fight for its locks.
    const mine = fetching.then(() => fetch(commit));
    fetching = mine.catch(() => undefined);
    await mine;
    return gitTree(folder, commit, await blobs);
  };

  return {
    resolve: async (revision) => (fullSha.test(revision) ? revision : pickRef(await listRefs(access.url, env), revision)),
    refs: async () => parseRefs(await listRefs(access.url, env)),
    fingerprint: () => listRefs(access.url, env),
    files(commit) {
      const tree = trees.get(commit) ?? loadTree(commit);
      trees.delete(commit);
      trees.set(commit, tree);
      for (const oldest of trees.keys()) if (trees.size > maxTrees) trees.delete(oldest);
      tree.catch(() => trees.delete(commit));
      return tree;
    },
    async [Symbol.asyncDispose]() {
      // Whoever removes the folder next must not find git at work in it.
      await fetching;
      const reader = await blobs.catch(() => undefined);
      reader?.[Symbol.dispose]();
    },
  };
}

function environmentFor({ token }: RepositoryAccess): NodeJS.ProcessEnv {
  if (token === undefined) return isolatedGitEnvironment();
  const credentials = Buffer.from(`argocd:${token}`).toString('base64');
  return isolatedGitEnvironment(gitConfigEnvironment({ 'http.extraHeader': `Authorization: Basic ${credentials}` }));
}

async function listRefs(url: string, env: NodeJS.ProcessEnv): Promise<string> {
  const outcome = await runGit(['ls-remote', '--symref', url], '/', env);
  if (outcome.code === 0) return outcome.stdout;
  const detail = listFailure(outcome.stderr);
  throw new SourceError(`failed to list refs: ${detail}`, detail);
}

function listFailure(stderr: string): string {
  if (/not found|does not appear to be a git repository/.test(stderr)) return 'repository not found: ';
  if (/could not read Username|Authentication failed|terminal prompts disabled/.test(stderr)) return 'authentication required: ';
  return stderr.trim();
}

function parseRefs(listing: string): ReadonlyMap<string, string> {
  return new Map(listing.split('\n').map((line) => [line.split('\t')[1] ?? '', line.split('\t')[0] ?? '']));
}

function pickRef(listing: string, revision: string): string {
  const wanted = revision === '' ? 'HEAD' : revision;
  const refs = parseRefs(listing);
  const candidates = [wanted, `refs/heads/${wanted}`, `refs/tags/${wanted}^{}`, `refs/tags/${wanted}`];
  const found = candidates.map((name) => refs.get(name)).find((id) => id !== undefined && fullSha.test(id));
  if (found === undefined) throw new SourceError(`unable to resolve '${revision}' to a commit SHA`);
  return found;
}

function checkoutMessage(commit: string, outcome: GitOutcome): string {
  const command = `\`git fetch origin ${commit} --tags --force --prune\` failed exit status ${String(outcome.code)}: ${outcome.stderr.trim()}`;
  return `failed to initialize repository resources: rpc error: code = Internal desc = Failed to checkout revision ${commit}: ${command}`;
}
