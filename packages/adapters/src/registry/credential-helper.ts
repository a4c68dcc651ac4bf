import { spawn } from 'node:child_process';
import { InvalidError } from '@fairlead/domain';
import { z } from 'zod';
import type { Credential } from './credential.ts';

export interface HelperCall {
  /** `docker-credential-<helper>` is run. */
  readonly helper: string;
  readonly server: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly helperTimeoutMs?: number;
}

const Answer = z.object({ Username: z.string(), Secret: z.string() });

/** Asks a credential helper (docker-credential-helpers, `get`). It answers in time or is ended; nothing that it prints is ever shown. */
export async function askHelper({ helper, server, env, helperTimeoutMs = 10_000 }: HelperCall): Promise<Credential | 'none'> {
  if (!/^[\w.-]+$/.test(helper)) throw fault(JSON.stringify(helper), 'is no name of a program', 'correct credHelpers or credsStore');
  const program = `docker-credential-${helper}`;
  const { code, stdout } = await runHelper(program, { server, env, timeoutMs: helperTimeoutMs });
  if (code !== 0) {
    if (/credentials not found/i.test(stdout)) return 'none';
    throw fault(program, `ended with ${String(code)} for ${server}`, `run it by hand: echo ${server} | ${program} get`);
  }
  const answer = Answer.safeParse(parseJson(stdout));
  if (!answer.success) throw fault(program, `gave no credential for ${server}`, `run it by hand: echo ${server} | ${program} get`);
  const { Username: user, Secret: secret } = answer.data;
  if (secret === '') return 'none';
  return user === '<token>' ? { kind: 'identity-token', token: secret } : { kind: 'password', user, password: secret };
}

const maxOutputBytes = 64 * 1024;

interface HelperRun {
  readonly server: string;
  readonly env: HelperCall['env'];
  readonly timeoutMs: number;
}

function runHelper(
  program: string,
  { server, env, timeoutMs }: HelperRun,
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: a helper in shell has children that keep the pipe open.
    const child = spawn(program, ['get'], { env: { ...env }, stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const end = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const timer = setTimeout(() => {
      end();
      reject(fault(program, `gave no answer within ${String(timeoutMs)} ms`, 'run it by hand, or sign in without a helper'));
    }, timeoutMs);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) > maxOutputBytes) end();
    });
    child.on('error', (cause) => {
      clearTimeout(timer);
      const said = 'code' in cause && cause.code === 'ENOENT' ? 'is not installed' : 'does not start';
      reject(fault(program, said, 'install it, or take it out of credHelpers or credsStore'));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(chunks).toString('utf8') });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${server}\n`);
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fault(program: string, because: string, hint: string): InvalidError {
  return new InvalidError('credential-helper-failed', `credential helper ${program} ${because}`, { hint });
}
