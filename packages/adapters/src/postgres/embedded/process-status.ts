import { readFile, readdir } from 'node:fs/promises';

export interface ProcessStatus {
  readonly parent: number;
  /** Empty for a zombie. */
  readonly command: readonly string[];
}

/** What /proc says of a process; `gone` also for a zombie, which a container without a reaper may keep for ever. */
export async function processStatus(pid: number): Promise<ProcessStatus | 'gone'> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => undefined);
  if (stat === undefined || command === undefined) return 'gone';
  // The name in brackets may itself hold brackets and spaces.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? 'gone' : { parent: Number(parent), command: command.split('\0') };
}

/** Folders beside `path` that a process which has ended left half made, named `<path>.new-<pid>`. */
export async function abandoned(directory: string, name: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  const partial = names.map((found) => ({ found, pid: Number(found.slice(`${name}.new-`.length)) }));
  const ours = partial.filter(({ found, pid }) => found.startsWith(`${name}.new-`) && Number.isSafeInteger(pid));
  const statuses = await Promise.all(ours.map(({ pid }) => processStatus(pid)));
  return ours.filter(({ pid }, i) => statuses[i] === 'gone' || pid === process.pid).map(({ found }) => found);
}
