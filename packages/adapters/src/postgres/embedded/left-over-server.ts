import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ConflictError } from '@fairlead/domain';
import { processStatus } from './process-status.ts';

const supervisorMark = /^cluster_name=fairlead-(\d+)$/;

/** How a server says who supervises it: it stands in its command line, where the next start can read it. */
export function markOfSupervisor(pid: number): string {
  return `fairlead-${String(pid)}`;
}

type Postmaster =
  | { readonly kind: 'none' }
  /** The file names a process that isn't a server on this data: a zombie, or another program that got the number. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'orphan'; readonly pid: number }
  | { readonly kind: 'supervised'; readonly pid: number; readonly supervisor: number };

/** Clears the way for a new server: one that lost its supervisor is stopped, never adopted (it has other settings and isn't our child); one that has it is left alone. */
export async function clearLeftOverServer(data: string): Promise<void> {
  const found = await findPostmaster(data);
  switch (found.kind) {
    case 'none':
      return;
    case 'stale':
      await rm(join(data, 'postmaster.pid'), { force: true });
      return;
    case 'supervised':
      throw inUse(data, `process ${String(found.supervisor)} (PostgreSQL ${String(found.pid)})`);
    case 'orphan':
      await stop(data, found.pid);
  }
}

export function inUse(data: string, by: string): ConflictError {
  return new ConflictError('data-directory-in-use', `data directory ${data} is in use by ${by}`, {
    hint: 'stop that Fairlead, or give this one another data directory',
  });
}

async function findPostmaster(data: string): Promise<Postmaster> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'none' };
  const pid = Number(text.split('\n')[0]);
  const status = pid > 1 ? await processStatus(pid) : 'gone';
  if (status === 'gone' || !runsServerOn(data, status.command)) return { kind: 'stale' };
  const supervisor = Number(status.command.map((word) => supervisorMark.exec(word)?.[1]).find((mark) => mark !== undefined));
  // A child whose parent died gets another parent: that, not a living process of that number, is proof.
  return status.parent === supervisor ? { kind: 'supervised', pid, supervisor } : { kind: 'orphan', pid };
}

function runsServerOn(data: string, command: readonly string[]): boolean {
  return (command[0] ?? '').endsWith('/postgres') && command.includes(data);
}

/** INT ends sessions, QUIT doesn't wait for them. */
async function stop(data: string, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!kill(pid, signal)) return;
    for (let waited = 0; waited < 30_000; waited += 20) {
      if ((await findPostmaster(data)).kind !== 'orphan') return;
      await delay(20);
    }
  }
  throw inUse(data, `PostgreSQL ${String(pid)}, which doesn't stop`);
}

function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
