import { UpstreamError } from '@fairlead/domain';
import type { EnginePorts, Repository } from '@fairlead/engine';
import type { Log } from './log.ts';

/** Reads every repository once. One that never answered is most likely a wrong address, and the server refuses to start; one that it knows
 *  already may be away for a while, and the server starts with what it has. */
export async function meetRepositories({ repositories }: Pick<EnginePorts, 'repositories'>, log: Log): Promise<void> {
  await Promise.all(repositories.map((repository) => meet(repository, log)));
}

async function meet({ name, branch, git }: Repository, log: Log): Promise<void> {
  try {
    await git.fetch();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if ((await git.head(branch)) === 'absent') throw unreachable(name, error);
    log('repository-unreachable', { repository: name, error });
  }
  if ((await git.head(branch)) === 'absent') log('branch-absent', { repository: name, branch });
}

function unreachable(name: string, cause: UpstreamError): UpstreamError {
  return new UpstreamError('repository-unreachable', `can't read repository ${name}: ${cause.message}`, {
    provider: 'git',
    retryable: true,
    hint: `check its address and its credentials: --repository ${name}=URL`,
    cause,
  });
}
