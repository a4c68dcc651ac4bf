import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs work that no other process does at the same time under the same file. A killed holder lets go. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  // `cat` has the lock for as long as this process holds its input open.
  const holder = spawn('flock', [file, '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'close');
  await Promise.race([
    once(holder.stdout, 'data'),
    ended.then(() => {
      throw new Error(`can't lock ${file}: flock, a program of util-linux, ended early`);
    }),
  ]);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
