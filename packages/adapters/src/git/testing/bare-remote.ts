import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CommitSha } from '@fairlead/domain';

/** A bare repository with a checkout beside it, by git alone: what other people do to the remote. */
export interface BareRemote {
  readonly directory: string;
  readonly bare: string;
  readonly checkout: string;
  git(...args: readonly string[]): string;
  /** Commits these files (`null` removes) on the branch and pushes it. */
  push(branch: string, files: Readonly<Record<string, string | Buffer | null>>): CommitSha;
  /** The same on the branch as the remote has it, made from `main` where it has none. */
  pushFrom(branch: string, files: Readonly<Record<string, string>>): CommitSha;
  remove(): void;
}

export function bareRemote(): BareRemote {
  const directory = mkdtempSync(join(tmpdir(), 'fairlead-git-'));
  const bare = join(directory, 'remote.git');
  const checkout = join(directory, 'checkout');
  let seconds = 1_700_000_000;

  function git(...args: readonly string[]): string {
    seconds += 60;
    const date = `@${String(seconds)} +0000`;
    const env = {
      PATH: process.env['PATH'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync('git', ['-C', checkout, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  mkdirSync(checkout);
  git('init', '--quiet', '--bare', '--initial-branch=main', bare);
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', bare);

  function commitAndPush(branch: string, files: Readonly<Record<string, string | Buffer | null>>): CommitSha {
    for (const [path, content] of Object.entries(files)) put(join(checkout, path), content);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', `change ${Object.keys(files).join(', ')}`);
    git('push', '--quiet', 'origin', branch);
    return CommitSha.parse(git('rev-parse', 'HEAD'));
  }

  return {
    directory,
    bare,
    checkout,
    git,
    push(branch, files) {
      const known = git('branch', '--list', branch) !== '';
      if (git('branch', '--show-current') !== branch) git('switch', '--quiet', ...(known ? [] : ['--create']), branch);
      return commitAndPush(branch, files);
    },
    pushFrom(branch, files) {
      git('fetch', '--quiet', 'origin');
      const start = git('branch', '--remotes', '--list', `origin/${branch}`) === '' ? 'origin/main' : `origin/${branch}`;
      git('switch', '--quiet', '--force-create', branch, start);
      return commitAndPush(branch, files);
    },
    remove() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function put(file: string, content: string | Buffer | null): void {
  if (content === null) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  if (typeof content === 'string' && content.startsWith('#!')) chmodSync(file, 0o755);
}
