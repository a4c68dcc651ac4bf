import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { UserIds } from './server-user.ts';

/** Independent of the caller's environment: messages are parsed, and a password or library path of it must not reach the server. */
export const programEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' } as const;

export interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

/** Runs a program to its end. A program that can't be started ends with code `null` and the reason. */
export async function runProgram(file: string, args: readonly string[], as: UserIds | undefined): Promise<Ended> {
  const child = spawn(file, args, { ...as, cwd: '/', env: programEnvironment, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.on('error', (error) => (errors += error.message));
  await once(child, 'close').catch(() => undefined);
  return { code: child.exitCode, errors: errors.trim() };
}
