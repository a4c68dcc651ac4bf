import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommitSha } from '@fairlead/domain';
import type { Stage } from './stage.ts';

const run = promisify(execFile);

/** Makes the branch of the stage: one commit, which holds these files. */
export async function pushFolder(stage: Stage, files: Readonly<Record<string, string>>): Promise<CommitSha> {
  const work = join(stage.folder, 'work');
  await mkdir(work);
  await git(work, 'init', '--quiet', `--initial-branch=${stage.branch}`);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(work, path, '..'), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await git(work, 'add', '.');
  await git(work, 'commit', '--quiet', '--message', 'e2e');
  await git(work, 'push', '--quiet', '--force', stage.gitUrl, stage.branch);
  return CommitSha.parse(await git(work, 'rev-parse', 'HEAD'));
}

export async function removeBranch(stage: Stage): Promise<void> {
  await git(join(stage.folder, 'work'), 'push', '--quiet', stage.gitUrl, '--delete', stage.branch);
}

/** Who is asked for a password where nobody sits would wait for ever. */
async function git(folder: string, ...words: readonly string[]): Promise<string> {
  const named = ['-C', folder, '-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', '-c', 'commit.gpgSign=false'];
  const { stdout } = await run('git', [...named, ...words], { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  return stdout.trim();
}
