import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { InvalidError, InvariantError, UpstreamError } from '@fairlead/domain';
import { type GitSetting, gitEnvironment } from './git-environment.ts';
import type { Surroundings } from './options.ts';
import { redact } from './redact.ts';

export interface GitCall {
  readonly input?: string | Uint8Array;
  /** Exit codes that are answers; default only 0. */
  readonly answers?: readonly number[];
  readonly protocols?: readonly string[];
  readonly settings?: readonly GitSetting[];
  readonly variables?: Surroundings;
  /** Never in an error's text. */
  readonly secrets?: readonly string[];
  readonly timeoutMs?: number;
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Starts `git` in one place, without a shell. */
export interface GitProgram {
  /** Throws `UpstreamError` `git-failed` or `git-timed-out`, and `InvalidError` `git-missing`. */
  run(args: readonly string[], call?: GitCall): Promise<GitAnswer>;
  /** One that lives on, for `cat-file --batch-command`; it can reach no network. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams;
}

export interface GitPlace {
  readonly name: string;
  readonly directory: string;
  readonly surroundings: Surroundings;
  /** `GIT_DIR` where the repository must not be searched for. */
  readonly gitDirectory?: string;
}

const localTimeoutMs = 60_000;
const maxOutputBytes = 256 * 1024 * 1024;

export function gitProgram(place: GitPlace): GitProgram {
  const begin = (args: readonly string[], call: GitCall): ChildProcessWithoutNullStreams =>
    spawn('git', args, {
      cwd: place.directory,
      env: gitEnvironment(place.surroundings, {
        protocols: call.protocols ?? [],
        settings: call.settings ?? [],
        variables: { ...call.variables, ...(place.gitDirectory === undefined ? {} : { GIT_DIR: place.gitDirectory }) },
      }),
      // Its own process group, so that a time-out ends git-remote-https as well.
      detached: true,
      stdio: 'pipe',
    });
  return {
    start: (args) => begin(args, {}),
    async run(args, call = {}) {
      const answer = await answerOf(begin(args, call), { place, args, call });
      if ((call.answers ?? [0]).includes(answer.code)) return answer;
      const said = redact(answer.stderr.trim(), call.secrets ?? []).slice(0, 2_000);
      throw new UpstreamError('git-failed', `git ${args[0] ?? ''} in ${place.name} ended with ${String(answer.code)}: ${said}`, {
        provider: 'git',
        retryable: true,
      });
    },
  };
}

interface Running {
  readonly place: GitPlace;
  readonly args: readonly string[];
  readonly call: GitCall;
}

function answerOf(child: ChildProcessWithoutNullStreams, { place, args, call }: Running): Promise<GitAnswer> {
  const what = `git ${args[0] ?? ''} in ${place.name}`;
  const timeoutMs = call.timeoutMs ?? localTimeoutMs;
  return new Promise((resolve, reject) => {
    const stop = (error: Error): void => {
      clearTimeout(timer);
      killGroup(child);
      reject(error);
    };
    const timer = setTimeout(() => {
      const message = `${what} took longer than ${String(timeoutMs)} ms`;
      stop(new UpstreamError('git-timed-out', message, { provider: 'git', retryable: true }));
    }, timeoutMs);
    const output = collect(child, () => {
      stop(new UpstreamError('git-failed', `${what} answered too much`, { provider: 'git', retryable: false }));
    });
    child.on('error', (error) => {
      stop(startFailure(error, place));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 128, stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr).toString('utf8') });
    });
    // It may end before it read everything; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.input);
  });
}

function collect(child: ChildProcessWithoutNullStreams, tooMuch: () => void): { readonly stdout: Buffer[]; readonly stderr: Buffer[] } {
  const kept: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
  let size = 0;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutputBytes) tooMuch();
      else kept[stream].push(chunk);
    });
  }
  return kept;
}

function startFailure(error: Error, { directory }: GitPlace): Error {
  if ('code' in error && error.code === 'ENOENT') {
    const hint = `install git 2.38 or newer and check that ${directory} exists`;
    return new InvalidError('git-missing', 'the git program could not be started', { hint, cause: error });
  }
  return new InvariantError('git-not-started', 'the git program could not be started', { cause: error });
}

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone, or never was
  }
}
