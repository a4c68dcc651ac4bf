import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applicationVersion } from '../argocd/application/application.ts';
import { startArgoCd } from '../argocd/argo-cd.ts';
import { startGitServer } from '../git/git-server.ts';
import { git } from '../git/isolated-git.ts';
import { objectAt, type JsonObject } from '../json/json.ts';
import { kubeClient, type KubeClient } from '../kube/kube-client.ts';
import { startKubernetes } from '../kubernetes/start-kubernetes.ts';
import { serveKinds, type WorldKind } from './served-kinds.ts';

export interface TeamWorldOptions {
  /** Empty or absent; holds the repository and the kubeconfig. The caller removes it. */
  readonly folder: string;
  /** Whose branch `main` is published under the name. */
  readonly repository: { readonly name: string; readonly folder: string };
  /** What the Application delivers, and where to. `path` '' is the whole repository. */
  readonly application: TeamApplication;
  /** Made before anything is delivered. */
  readonly namespaces: readonly string[];
  /** Served from the start, defined where the API doesn't know them. */
  readonly kinds: readonly WorldKind[];
  /** Told when a part is up. */
  readonly onStarted?: (part: 'kubernetes' | 'git' | 'argocd') => void;
}

export interface TeamApplication {
  readonly name: string;
  /** Argo CD's own. */
  readonly namespace: string;
  readonly path: string;
  /** The namespace of objects that name none. */
  readonly destination: string;
}

/** A cluster with Argo CD, one Application that nobody syncs but Fairlead, and a team's repository over HTTP. */
export interface TeamWorld extends AsyncDisposable {
  readonly kubeconfigPath: string;
  readonly repositoryUrl: string;
  /** The kinds that had to be defined. */
  readonly defined: readonly WorldKind[];
  /** Of the Kubernetes API, such as `/api/v1/namespaces/shop/pods`. */
  get(path: string): Promise<JsonObject>;
}

export async function startTeamWorld(options: TeamWorldOptions): Promise<TeamWorld> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(options, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(options: TeamWorldOptions, stack: AsyncDisposableStack): Promise<TeamWorld> {
  const { folder, application, repository, onStarted = () => undefined } = options;
  await mkdir(folder, { recursive: true });
  const kubernetes = stack.use(await startKubernetes());
  const client = stack.adopt(await kubeClient(kubernetes.kubeconfig()), (open) => {
    open.close();
  });
  const kubeconfigPath = join(folder, 'kubeconfig');
  await writeFile(kubeconfigPath, kubernetes.kubeconfig(), { mode: 0o600 });
  const defined = await serveKinds(client, options.kinds);
  await createNamespaces(client, [application.namespace, ...options.namespaces]);
  onStarted('kubernetes');

  let pushed: () => void = () => undefined;
  const server = stack.use(
    await startGitServer({
      root: join(folder, 'git'),
      onPush: () => {
        pushed();
      },
    }),
  );
  await server.createRepository(repository.name);
  const repositoryUrl = server.repositoryUrl(repository.name);
  await git(['push', '--quiet', repositoryUrl, 'refs/heads/main:refs/heads/main'], repository.folder);
  onStarted('git');

  const body = applicationObject(application, repositoryUrl);
  const applications = `/apis/${applicationVersion}/namespaces/${application.namespace}/applications`;
  await client.send({ verb: 'POST', path: applications, query: { fieldManager: 'platform-team' }, body });
  const argo = stack.use(await startArgoCd({ kubeconfig: kubernetes.kubeconfig(), namespace: application.namespace }));
  pushed = () => {
    argo.refresh(application.name);
  };
  onStarted('argocd');
  return {
    kubeconfigPath,
    repositoryUrl,
    defined,
    get: async (path) => objectAt(await client.send({ verb: 'GET', path })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A cluster has some from its start. */
const furnished = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

async function createNamespaces(client: KubeClient, names: readonly string[]): Promise<void> {
  for (const name of new Set(names)) {
    if (furnished.includes(name)) continue;
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    await client.send({ verb: 'POST', path: '/api/v1/namespaces', query: { fieldManager: 'platform-team' }, body });
  }
}

function applicationObject({ name, namespace, path, destination }: TeamApplication, repoURL: string): JsonObject {
  return {
    apiVersion: applicationVersion,
    kind: 'Application',
    metadata: { name, namespace },
    spec: {
      project: 'default',
      source: { repoURL, path: path === '' ? '.' : path, targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: destination },
    },
  };
}
