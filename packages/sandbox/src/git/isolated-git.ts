import { execFile } from 'node:child_process';

/** The machine's git configuration (credential helpers, hooks, signing, proxies) must not reach a sandbox, nor the sandbox the machine's. */
export function isolatedGitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    GIT_AUTHOR_NAME: 'sandbox',
    GIT_AUTHOR_EMAIL: 'sandbox@example.test',
    GIT_COMMITTER_NAME: 'sandbox',
    GIT_COMMITTER_EMAIL: 'sandbox@example.test',
    ...extra,
  };
}

/** Settings as environment variables: they hold for every repository without touching its own config, and for git's child processes. */
export function gitConfigEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(Object.keys(settings).length) };
  Object.entries(settings).forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${String(index)}`] = key;
    environment[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  });
  return environment;
}

export interface GitOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const maxOutputBytes = 64 * 1024 * 1024;

/** Runs git to its end, whatever its exit code. */
export function runGit(args: readonly string[], cwd: string, env = isolatedGitEnvironment()): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, env, maxBuffer: maxOutputBytes }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(new Error(`git can't run: ${error.message}`, { cause: error }));
    });
  });
}

/** Runs git and returns what it printed, without the last line's end. Throws with git's own words when it fails. */
export async function git(args: readonly string[], cwd: string, env = isolatedGitEnvironment()): Promise<string> {
  const outcome = await runGit(args, cwd, env);
  if (outcome.code !== 0) throw new Error(`git ${args[0] ?? ''} failed with exit status ${String(outcome.code)}: ${outcome.stderr.trim()}`);
  return outcome.stdout.trimEnd();
}
