import { join } from 'node:path';
import { buildExampleHistory } from '../example/build-example-history.ts';
import type { ExampleFolders } from '../example/example-trees.ts';
import { git } from '../git/isolated-git.ts';
import type { GitServer } from '../git/git-server.ts';
import { cloneRepository, type DeveloperClone } from './developer-clone.ts';
import { exampleEnvironments, type ExampleEnvironment } from './example-environments.ts';

export interface EnvironmentRepositoryOptions extends ExampleFolders {
  readonly server: GitServer;
  /** Empty, for what is needed on the way. */
  readonly folder: string;
  /** Where each environment's api answers on this machine. */
  readonly routes: Readonly<Record<ExampleEnvironment, string>>;
}

const repository = 'platform-control';
const routesPath = '.fairlead/validations/routes.yaml';

/** Publishes the example's history over HTTP, with one commit on top: the example's public addresses don't exist, so the routes point at this machine. */
export async function publishExample(options: EnvironmentRepositoryOptions): Promise<DeveloperClone> {
  const { server, folder, routes, example, history } = options;
  const made = join(folder, 'history.git');
  await buildExampleHistory({ into: made, example, history });
  await server.createRepository(repository);
  const url = server.repositoryUrl(repository);
  await git(['push', '--quiet', url, 'refs/heads/*:refs/heads/*'], made);

  const clone = await cloneRepository(url, join(folder, 'clone'));
  const text = await clone.read('main', routesPath);
  await clone.commit({
    branch: 'main',
    message: 'chore(validations): point the routes at this machine',
    files: { [routesPath]: exampleEnvironments.reduce((written, { name }) => pointAt(written, name, routes[name]), text) },
    at: '2025-11-03T10:00:00Z',
  });
  return clone;
}

export function repositoryUrlOf(server: GitServer): string {
  return server.repositoryUrl(repository);
}

function pointAt(text: string, environment: string, url: string): string {
  const line = new RegExp(`^( +${environment}:) https://.*$`, 'm');
  if (!line.test(text)) throw new Error(`${routesPath} has no address for ${environment}`);
  return text.replace(line, `$1 ${url}`);
}
