import { gitConfigEnvironment, isolatedGitEnvironment, runGit } from '@fairlead/sandbox';

/** Git in a repository that isn't ours: nothing of theirs runs, nothing is written, no network is asked for what is missing. */
const environment = isolatedGitEnvironment({
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  ...gitConfigEnvironment({ 'safe.directory': '*', 'core.fsmonitor': 'false', 'core.hooksPath': '/dev/null', 'core.quotePath': 'false' }),
});

/** What git prints, without the last line's end; `undefined` where it says no. */
export async function theirGit(directory: string, ...args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await runGit(args, directory, environment);
  return code === 0 ? stdout.replace(/\n$/, '') : undefined;
}
