import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ConflictError } from '@fairlead/domain';

const beatMs = 2_000;
/** A holder that neither lives here nor touched its lock for so long is gone: killed, or another machine's. */
const forgottenMs = 30_000;

/** Does the work while holding the lock file, which several processes may ask for. A lock left by a crash is taken over. */
export async function withDirectoryLock<Result>(file: string, waitMs: number, work: () => Promise<Result>): Promise<Result> {
  const mine = `${await thisProcess()} ${randomUUID()}`;
  await acquire(file, mine, waitMs);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await contentOf(file)) === mine) await rm(file, { force: true });
  }
}

async function acquire(file: string, mine: string, waitMs: number): Promise<void> {
  const pauseMs = 20;
  for (let waited = 0; !(await create(file, mine)); waited += pauseMs) {
    if (waited >= waitMs) {
      throw new ConflictError('lock-held', `another process holds ${file}`, { hint: 'wait for it, or stop the other process' });
    }
    const seen = await contentOf(file);
    if (seen !== 'absent' && (await isForgotten(file, seen))) await discard(file, seen);
    else await delay(pauseMs);
  }
}

/** Whole or not at all: a lock without its content would look like nobody's. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moved away before it is judged again: whoever took it over meanwhile gets it back. */
async function discard(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await contentOf(aside)) !== seen) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isForgotten(file: string, holder: string): Promise<boolean> {
  const [host, pid, started] = holder.split(' ');
  if (host === hostname() && pid !== undefined && started !== undefined && (await startOf(pid)) !== started) return true;
  const touched = await stat(file).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs > forgottenMs;
}

async function thisProcess(): Promise<string> {
  const pid = String(process.pid);
  return `${hostname()} ${pid} ${await startOf(pid)}`;
}

/** When the process began, since process ids come again; `gone` if it doesn't live, `unknown` where the system doesn't tell. */
async function startOf(pid: string): Promise<string> {
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return 'gone';
  }
  const fields = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name, which may hold spaces and parentheses.
  return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
}

async function contentOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => 'absent');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
