import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { RemoteBases } from '@fairlead/engine';
import { NotFoundError } from '@fairlead/domain';
import { gitRepository, type GitRepository } from './git-repository.ts';
import type { Surroundings } from './options.ts';

export interface RemoteBaseOptions {
  /** Ours alone: one mirror for each repository, kept from run to run. */
  readonly directory: string;
  readonly surroundings?: Surroundings;
  readonly allowFileProtocol?: boolean;
  readonly timeoutMs?: number;
}

/** Fetches bases from the repositories that kustomizations name. A commit that the mirror has already is not asked for again. */
export function gitRemoteBases({ directory, ...options }: RemoteBaseOptions): RemoteBases & AsyncDisposable {
  const repositories = new Map<string, GitRepository>();

  function repositoryAt(url: string): GitRepository {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 24);
    const found = repositories.get(url) ?? gitRepository({ name: url, url, mirrorDirectory: join(directory, name), ...options });
    repositories.set(url, found);
    return found;
  }

  return {
    async open(url, commit) {
      const repository = repositoryAt(url);
      try {
        return await repository.snapshot(commit);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        await repository.fetch();
        return repository.snapshot(commit);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...repositories.values()].map((repository) => repository[Symbol.asyncDispose]()));
    },
  };
}
