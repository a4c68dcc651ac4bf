import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git, isolatedGitEnvironment } from '../git/isolated-git.ts';

export interface DeveloperCommit {
  readonly branch: string;
  readonly message: string;
  /** Paths to their new text. */
  readonly files: Readonly<Record<string, string>>;
  /** RFC 3339; the present moment when absent. */
  readonly at?: string;
}

/** A person's clone of the environment repository. Everything it does is pushed at once. */
export interface DeveloperClone {
  /** Commits on top of the remote branch; returns the commit. */
  commit(commit: DeveloperCommit): Promise<string>;
  /** Merges a remote branch into `main` by a merge commit; returns it. */
  merge(branch: string, message: string): Promise<string>;
  /** The text of a file on a remote branch. */
  read(branch: string, path: string): Promise<string>;
  /** Git's own words about the repository as it is at the remote. */
  log(...args: readonly string[]): Promise<string>;
}

const person = { name: 'Teodor Vance', email: 'teodor.vance@example.com' };

export async function cloneRepository(url: string, folder: string): Promise<DeveloperClone> {
  await mkdir(folder, { recursive: true });
  await git(['clone', '--quiet', url, folder], folder);
  const fetch = (): Promise<string> => git(['fetch', '--quiet', '--prune', 'origin'], folder);
  const on = async (branch: string): Promise<void> => {
    await fetch();
    await git(['checkout', '--quiet', '--force', '--detach', `origin/${branch}`], folder);
  };
  const push = async (branch: string): Promise<string> => {
    await git(['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`], folder);
    return git(['rev-parse', 'HEAD'], folder);
  };

  return {
    async commit({ branch, message, files, at }) {
      await on(branch);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await git(['add', '--all'], folder);
      await git(['commit', '--quiet', '-m', message], folder, identity(at));
      return push(branch);
    },
    async merge(branch, message) {
      await on('main');
      await git(['merge', '--quiet', '--no-ff', '-m', message, `origin/${branch}`], folder, identity());
      return push('main');
    },
    async read(branch, path) {
      await on(branch);
      return readFile(join(folder, path), 'utf8');
    },
    async log(...args) {
      await fetch();
      return git(['log', ...args], folder);
    },
  };
}

function identity(at?: string): NodeJS.ProcessEnv {
  return isolatedGitEnvironment({
    GIT_AUTHOR_NAME: person.name,
    GIT_AUTHOR_EMAIL: person.email,
    GIT_COMMITTER_NAME: person.name,
    GIT_COMMITTER_EMAIL: person.email,
    ...(at === undefined ? {} : { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }),
  });
}
