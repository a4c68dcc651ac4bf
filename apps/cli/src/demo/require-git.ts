import { execFile } from 'node:child_process';
import { UsageError } from '../usage-error.ts';

/** The demo needs git, of a version that merges without a work tree. It never installs anything. */
export async function requireGit(): Promise<void> {
  const said = await new Promise<string | undefined>((resolve) => {
    execFile('git', ['--version'], (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
  if (said === undefined) throw new UsageError('the demo needs git, and there is none', 'apt-get install git');
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(said) ?? []).slice(1).map(Number);
  if (major > 2 || (major === 2 && minor >= 38)) return;
  throw new UsageError(`the demo needs git 2.38 or newer, this is ${said.trim()}`, 'install a newer git');
}
