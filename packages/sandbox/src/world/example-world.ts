import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectAt, type JsonObject } from '../json/json.ts';
import { kubeClient, type KubeClient } from '../kube/kube-client.ts';
import type { ExampleFolders } from '../example/example-trees.ts';
import { startGitServer } from '../git/git-server.ts';
import { startKubernetes } from '../kubernetes/start-kubernetes.ts';
import { deliverByArgoCd } from './deliver-by-argo-cd.ts';
import { deliverByFlux } from './deliver-by-flux.ts';
import type { DeveloperClone } from './developer-clone.ts';
import { publishExample, repositoryUrlOf } from './environment-repository.ts';
import { exampleEnvironments, type ExampleEnvironment } from './example-environments.ts';
import { startOperators } from './operators/start-operators.ts';
import { startRouteEndpoint, type RouteEndpoint } from './route-endpoint.ts';

export interface ExampleWorldOptions extends ExampleFolders {
  /** Empty or absent; holds the repositories and the kubeconfig. The caller removes it. */
  readonly folder: string;
  /** A cluster with nothing but Kubernetes, and the definitions of the controller, in it; absent: the sandbox's own, in memory. */
  readonly kubeconfig?: string;
  /** Who delivers; the environments' documents in the repository say so, too. Argo CD by default. */
  readonly controller?: 'argocd' | 'flux';
  /** Told when a part is up. */
  readonly onStarted?: (part: 'kubernetes' | 'git' | 'argocd' | 'flux') => void;
  /** Told of each push as soon as the repository has it. */
  readonly onPush?: () => void;
  /** Told of each request to an environment's api, before it is answered. */
  readonly onRoute?: (environment: ExampleEnvironment) => void;
}

/** A cluster with Argo CD or Flux, the example's repository over HTTP, and an address for each environment: what Fairlead finds at a user's. */
export interface ExampleWorld extends AsyncDisposable {
  readonly kubernetesUrl: string;
  readonly kubeconfigPath: string;
  readonly repositoryUrl: string;
  readonly developer: DeveloperClone;
  readonly routes: Readonly<Record<ExampleEnvironment, RouteEndpoint>>;
  /** The environment's Application or Kustomization as it is now. */
  target(environment: ExampleEnvironment): Promise<JsonObject>;
  /** Objects of a collection of the Kubernetes API, such as `/api/v1/namespaces/pc-dev/pods`. */
  list(path: string): Promise<JsonObject>;
}

export async function startExampleWorld(options: ExampleWorldOptions): Promise<ExampleWorld> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(options, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(options: ExampleWorldOptions, stack: AsyncDisposableStack): Promise<ExampleWorld> {
  const { folder, example, history, controller: kind = 'argocd', onStarted = () => undefined } = options;
  await mkdir(folder, { recursive: true });
  const kubeconfig = options.kubeconfig ?? stack.use(await startKubernetes()).kubeconfig();
  const client = stack.adopt(await kubeClient(kubeconfig), (open) => {
    open.close();
  });
  if (options.kubeconfig !== undefined) await furnishCluster(client, stack);
  const kubeconfigPath = join(folder, 'kubeconfig');
  await writeFile(kubeconfigPath, kubeconfig, { mode: 0o600 });
  onStarted('kubernetes');

  let pushed: () => void = () => undefined;
  const server = stack.use(
    await startGitServer({
      root: join(folder, 'git'),
      onPush: () => {
        pushed();
        options.onPush?.();
      },
    }),
  );
  const routes = await startRoutes(options, client, stack);
  const urls = mapEnvironments((name) => routes[name].url);
  const developer = await publishExample({ server, folder: join(folder, 'work'), routes: urls, example, history, controller: kind });
  onStarted('git');

  const repositoryUrl = repositoryUrlOf(server);
  const deliver = kind === 'flux' ? deliverByFlux : deliverByArgoCd;
  const controller = stack.use(await deliver({ client, kubeconfig, repositoryUrl }));
  pushed = () => {
    controller.pushed();
  };
  onStarted(kind);

  const get = async (path: string): Promise<JsonObject> => objectAt(await client.send({ verb: 'GET', path }));
  return {
    kubernetesUrl: client.server,
    kubeconfigPath,
    repositoryUrl,
    developer,
    routes,
    target: (environment) => get(controller.targetPath(environment)),
    list: get,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function furnishCluster(client: KubeClient, stack: AsyncDisposableStack): Promise<void> {
  const ends = new AbortController();
  stack.defer(() => {
    ends.abort();
  });
  await startOperators(client, ends.signal);
}

async function startRoutes(
  { onRoute }: ExampleWorldOptions,
  client: KubeClient,
  stack: AsyncDisposableStack,
): Promise<ExampleWorld['routes']> {
  const started = await Promise.all(
    exampleEnvironments.map(async ({ name, namespace }) => {
      const endpoint = await startRouteEndpoint({ client, namespace, onRequest: () => onRoute?.(name) });
      return [name, stack.use(endpoint)] as const;
    }),
  );
  const byName = new Map<string, RouteEndpoint>(started);
  return mapEnvironments((name) => {
    const endpoint = byName.get(name);
    if (endpoint === undefined) throw new Error(`no route endpoint for ${name}`);
    return endpoint;
  });
}

function mapEnvironments<T>(of: (name: ExampleEnvironment) => T): Readonly<Record<ExampleEnvironment, T>> {
  return { 'dev-control-rke2': of('dev-control-rke2'), staging: of('staging'), prod: of('prod') };
}
