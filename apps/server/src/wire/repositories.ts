import { join } from 'node:path';
import { localForge } from '@fairlead/adapters/forge/local';
import { gitRepository } from '@fairlead/adapters/git';
import { postgresLocalChanges, type Database } from '@fairlead/adapters/postgres';
import type { Installation } from '@fairlead/domain';
import type { Repository } from '@fairlead/engine';
import type { Environment } from '../config/env.ts';
import { readSecret } from '../config/secrets.ts';

interface RepositoryParts {
  readonly database: Database;
  readonly dataDir: string;
  readonly env: Environment;
}

/** One repository with the forge that reviews its changes. */
export async function repositoryOf(
  declared: Installation['spec']['repositories'][number],
  { database, dataDir, env }: RepositoryParts,
): Promise<Repository> {
  const { name, url, branch, credentials } = declared;
  const token = credentials === undefined ? undefined : await readSecret(credentials, env.variables);
  const git = gitRepository({
    name,
    url,
    mirrorDirectory: join(dataDir, 'git', `${name}.git`),
    surroundings: env.variables,
    allowFileProtocol: url.startsWith('file:'),
    ...(token === undefined ? {} : { credentials: () => Promise.resolve({ kind: 'bearer', token } as const) }),
  });
  const forge = localForge({ git, changes: postgresLocalChanges(database), url: ({ number }) => `local:${name}/${String(number)}` });
  return { name, branch, git, forge };
}
