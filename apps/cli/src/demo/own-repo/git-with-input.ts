import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

export interface GitInput {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input: string;
}

/** Runs git on what it reads from its standard input. Throws with its own words where it fails. */
export async function gitWithInput(args: readonly string[], { cwd, env, input }: GitInput): Promise<void> {
  const git = spawn('git', args, { cwd, env, stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.once('error', reject);
    git.once('close', resolve);
  });
  // A git that refuses its input closes the pipe; what it says tells more.
  git.stdin.once('error', () => undefined);
  git.stdin.end(input);
  const [said, code] = await Promise.all([buffer(git.stderr), ended]);
  if (code !== 0) throw new Error(`git ${args[0] ?? ''} ended with ${String(code)}: ${said.toString().trim()}`);
}
