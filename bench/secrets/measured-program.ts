import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface MeasuredRun {
  readonly output: string;
  readonly seconds: number;
  /** Of it and its threads. */
  readonly cpuSeconds: number;
  /** The most that it had at once. */
  readonly megabytes: number;
}

export interface MeasuredCall {
  readonly cwd: string;
  readonly codes: readonly number[];
}

const everyMs = 50;
const ticksOfSecond = 100;

/** Runs a program to its end. What it used is what the kernel said last of it: up to 50 ms before its end. */
export async function measuredProgram([name = '', ...args]: readonly string[], { cwd, codes }: MeasuredCall): Promise<MeasuredRun> {
  const begun = performance.now();
  const child = spawn(name, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const used = { cpuSeconds: 0, megabytes: 0 };
  const watch = setInterval(() => Object.assign(used, usageOf(child.pid) ?? used), everyMs);
  const closed = once(child, 'close');
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  if (child.exitCode === null || !codes.includes(child.exitCode))
    throw new Error(`${name} ${args.join(' ')}: exit ${String(child.exitCode)}: ${complaint.slice(0, 2000)}`);
  return { output, seconds, ...used };
}

function usageOf(pid: number | undefined): Omit<MeasuredRun, 'output' | 'seconds'> | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [fields[11], fields[12]].reduce((sum, field) => sum + Number(field ?? 0), 0);
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : { cpuSeconds: ticks / ticksOfSecond, megabytes: Number(kilobytes) / 1024 };
  } catch {
    return undefined; // it has just ended
  }
}
