import { join } from 'node:path';
import { buildExampleHistory } from '../example/build-example-history.ts';
import type { ExampleFolders } from '../example/example-trees.ts';
import { git } from '../git/isolated-git.ts';
import type { GitServer } from '../git/git-server.ts';
import { fluxNamespace } from './deliver-by-flux.ts';
import { cloneRepository, type DeveloperClone } from './developer-clone.ts';
import { exampleEnvironments, type ExampleEnvironment } from './example-environments.ts';

export interface EnvironmentRepositoryOptions extends ExampleFolders {
  readonly server: GitServer;
  /** Empty, for what is needed on the way. */
  readonly folder: string;
  /** Where each environment's api answers on this machine. */
  readonly routes: Readonly<Record<ExampleEnvironment, string>>;
  /** Whom the environments name as their controller: Argo CD in the example as it stands. */
  readonly controller: 'argocd' | 'flux';
}

const repository = 'platform-control';
const routesPath = '.fairlead/validations/routes.yaml';

/** Publishes the example's history over HTTP, with one commit on top: the example's public addresses don't exist, so the routes point at this machine. */
export async function publishExample(options: EnvironmentRepositoryOptions): Promise<DeveloperClone> {
  const { server, folder, routes, example, history, controller } = options;
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
    files: {
      [routesPath]: exampleEnvironments.reduce((written, { name }) => pointAt(written, name, routes[name]), text),
      ...(controller === 'flux' ? await fluxEnvironments(clone) : {}),
    },
    at: '2025-11-03T10:00:00Z',
  });
  return clone;
}

export function repositoryUrlOf(server: GitServer): string {
  return server.repositoryUrl(repository);
}

/** The environments' documents with Kustomizations where they name Applications. */
async function fluxEnvironments(clone: DeveloperClone): Promise<Readonly<Record<string, string>>> {
  const documents: Record<string, string> = {};
  for (const { name } of exampleEnvironments) {
    const path = `.fairlead/environments/${name}.yaml`;
    const text = await clone.read('main', path);
    const edited = text
      .replace('controller: argocd', 'controller: flux')
      .replaceAll('namespace: argocd, application:', `namespace: ${fluxNamespace}, kustomization:`);
    if (edited.includes('argocd')) throw new Error(`${path} has a delivery that can't be made Flux's`);
    documents[path] = edited;
  }
  return documents;
}

function pointAt(text: string, environment: string, url: string): string {
  const line = new RegExp(`^( +${environment}:) https://.*$`, 'm');
  if (!line.test(text)) throw new Error(`${routesPath} has no address for ${environment}`);
  return text.replace(line, `$1 ${url}`);
}
