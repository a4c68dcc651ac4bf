import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewCommit, Pushed } from '@fairlead/engine';
import { CommitSha, UpstreamError } from '@fairlead/domain';
import { branchRef } from './branch-ref.ts';
import type { Checkout } from './find-repository.ts';
import { type GitCall, type GitProgram, gitProgram } from './git-program.ts';
import type { Surroundings } from './options.ts';
import { type CommitBase, writeCommit } from './write-commit.ts';

/** Commits beside a checkout: its index, its files and its branches stay as they are. */
export interface CheckoutCommits {
  /** As `git am` and `git apply` take it; leaves nothing in the repository. */
  patch(commit: NewCommit): Promise<string>;
  /** Writes the commit's objects and makes it a branch of `origin`, with the person's own configuration and sign-in. A branch that is there is never moved:
   *  with the same message it was made of the same plan, on whatever base, and `commit` is its head. */
  push(branch: string, commit: NewCommit): Promise<{ readonly commit: CommitSha; readonly pushed: Pushed }>;
}

export function checkoutCommits(checkout: Checkout, surroundings: Surroundings): CheckoutCommits {
  const program = gitProgram({ name: checkout.root, directory: checkout.root, surroundings });
  return {
    patch: (commit) => patchOf(checkout, program, commit),
    async push(branch, request) {
      const [ref, call] = [branchRef(branch), personal(surroundings)];
      const head = await remoteHead(program, ref, call);
      if (head !== 'absent') {
        const isOurs = (await messageOf(program, head, call)) === request.message;
        return { commit: head, pushed: isOurs ? { kind: 'already-there' } : { kind: 'moved', head } };
      }
      const commit = await writeCommit(program, await baseIn(checkout, request.base), request);
      await pushNew(program, { ref, commit, call });
      return { commit, pushed: { kind: 'pushed' } };
    },
  };
}

async function baseIn(checkout: Checkout, commit: CommitSha): Promise<CommitBase> {
  const files = await checkout.snapshot(commit);
  return {
    async file(path) {
      const listed = await files.files(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
      const found = listed === 'absent' ? undefined : listed.find((file) => file.path === path);
      const answer = found === undefined ? undefined : await files.look(path);
      return found === undefined || answer?.kind !== 'file' ? 'absent' : { ...found, bytes: answer.bytes };
    },
    ensureBlobs: () => Promise.resolve(), // what is not here was missed when it was rendered
  };
}

const plainPatch = ['--stdout', '-1', '--binary', '--full-index', '--no-signature', '--no-ext-diff', '--no-textconv', '--zero-commit'];

/** New objects go to a folder of their own, which reads the repository's beside. */
async function patchOf(checkout: Checkout, program: GitProgram, request: NewCommit): Promise<string> {
  const objects = (await program.run(['rev-parse', '--path-format=absolute', '--git-path', 'objects'])).stdout.toString('utf8').trim();
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-objects-'));
  const variables = { GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
  const aside: GitProgram = {
    start: (args) => program.start(args),
    run: (args, call) => program.run(args, { ...call, variables: { ...call?.variables, ...variables } }),
  };
  try {
    const commit = await writeCommit(aside, await baseIn(checkout, request.base), request);
    return (await aside.run(['format-patch', ...plainPatch, '--end-of-options', commit])).stdout.toString('utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface NewBranch {
  readonly ref: string;
  readonly commit: CommitSha;
  readonly call: GitCall;
}

async function pushNew(program: GitProgram, { ref, commit, call }: NewBranch): Promise<void> {
  const args = ['push', '--quiet', '--no-verify', `--force-with-lease=${ref}:`, 'origin', `${commit}:${ref}`];
  const answer = await program.run(args, { ...call, answers: [0, 1, 128] });
  if (answer.code !== 0) throw refused(answer.stderr);
}

/** Of a commit that only the remote may have. */
async function messageOf(program: GitProgram, commit: CommitSha, call: GitCall): Promise<string> {
  const fetched = await program.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--end-of-options', 'origin', commit], {
    ...call,
    answers: [0, 1, 128],
  });
  if (fetched.code !== 0) throw refused(fetched.stderr);
  const answer = await program.run(['cat-file', 'commit', commit]);
  const text = answer.stdout.toString('utf8');
  return text.slice(text.indexOf('\n\n') + 2).replace(/\n$/, '');
}

async function remoteHead(program: GitProgram, ref: string, call: GitCall): Promise<CommitSha | 'absent'> {
  const answer = await program.run(['ls-remote', '--end-of-options', 'origin', ref], { ...call, answers: [0, 128] });
  if (answer.code !== 0) throw refused(answer.stderr);
  const line = answer.stdout
    .toString('utf8')
    .split('\n')
    .find((candidate) => candidate.endsWith(`\t${ref}`));
  return line === undefined ? 'absent' : CommitSha.parse(line.slice(0, 40));
}

/** A person's `origin` may hold a password, and git repeats it. */
function refused(stderr: string): UpstreamError {
  const said = stderr
    .trim()
    .replaceAll(/(:\/\/)[^/@\s]*@/g, '$1')
    .slice(0, 500);
  return new UpstreamError('push-refused', `git could not push to origin: ${said}`, {
    provider: 'git',
    retryable: false,
    hint: 'see that git push works here; or take --patch FILE',
  });
}

const own = ['XDG_CONFIG_HOME', 'GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_ASKPASS', 'SSH_ASKPASS', 'GH_TOKEN', 'GITHUB_TOKEN', 'GITLAB_TOKEN'];

/** It is the person who pushes: by their own settings and credential helpers, but by no hook. */
function personal(surroundings: Surroundings): GitCall {
  const home = surroundings['HOME'];
  const config = surroundings['GIT_CONFIG_GLOBAL'] ?? (home === undefined ? undefined : join(home, '.gitconfig'));
  const variables = {
    ...Object.fromEntries(own.map((name) => [name, surroundings[name]])),
    GIT_CONFIG_NOSYSTEM: '0',
    ...(config === undefined ? {} : { GIT_CONFIG_GLOBAL: config }),
  };
  return { variables, protocols: ['file', 'http', 'https', 'ssh'], timeoutMs: 120_000 };
}
