import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/** Runs `git` on one bare repository without the machine's configuration, templates, hooks or `GIT_*` variables, and gives its output. */
export async function isolatedGit(gitDir: string, args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<string> {
  const git = spawn('git', [`--git-dir=${gitDir}`, '-c', 'init.defaultBranch=main', '-c', 'core.hooksPath=/dev/null', ...args], {
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C', TZ: 'UTC' },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.once('error', reject);
    git.once('close', resolve);
  });
  // A git that refuses its input closes the pipe; what it says on stderr tells more than EPIPE.
  git.stdin.once('error', () => undefined);
  git.stdin.end(input);
  const [out, err, code] = await Promise.all([buffer(git.stdout), buffer(git.stderr), ended]);
  if (code !== 0) throw new Error(`git ${args[0] ?? ''} ended with ${String(code)}: ${err.toString().trim()}`);
  return out.toString();
}
