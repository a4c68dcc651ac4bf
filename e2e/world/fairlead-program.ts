import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { root } from './paths.ts';

/** How a call of the built program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** Where the program looks for its home and keeps its context. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts `fairlead` as a user's shell would: the built program, and nothing of this process's own configuration. */
export function spawnFairlead(words: readonly string[], { home, env = {}, cwd = home }: ProgramOptions): ChildProcess {
  return spawn(process.execPath, [join(root, 'apps/cli/bin/fairlead.js'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: home, XDG_CONFIG_HOME: join(home, '.config'), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `fairlead` to its end. */
export async function fairlead(words: readonly string[], options: ProgramOptions): Promise<Ended> {
  const child = spawnFairlead(words, options);
  const ended = exitOf(child);
  const [stdout, stderr] = await Promise.all([outputOf(child.stdout), outputOf(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code);
    });
  });
}

function outputOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream);
}
