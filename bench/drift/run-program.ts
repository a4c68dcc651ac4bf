import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Call {
  readonly cwd: string;
  /** Which exit code it must end with. */
  readonly code: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** What it printed. */
export async function runProgram(name: string, args: readonly string[], { cwd, code, env = {} }: Call): Promise<string> {
  const child = spawn(name, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  if (child.exitCode === code) return out;
  throw new Error(`${name} ${args.join(' ')}: exit ${String(child.exitCode)}: ${complaint}`);
}
