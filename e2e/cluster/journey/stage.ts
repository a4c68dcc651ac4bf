import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startArgoCd, startFlux, startGitServer } from '@fairlead/sandbox';
import { clusterUnderTest } from '@fairlead/sandbox/testing';
import { controllerNamespaces, ownCluster } from './own-cluster.ts';

export type Controller = 'argocd' | 'flux';

/** A cluster with a controller at work in it, and a repository that the controller reads and we may push to. */
export interface Stage extends AsyncDisposable {
  readonly kubeconfig: string;
  readonly controller: Controller;
  readonly controllerNamespace: string;
  /** Where the workloads go. Ours alone, and gone in the end. */
  readonly namespace: string;
  readonly gitUrl: string;
  /** Of the repository. Ours alone, and gone in the end. */
  readonly branch: string;
  /** For what clones and the like. */
  readonly folder: string;
}

/** The controllers to try: the sandbox's, or the one of the cluster that is given. */
export const controllers: readonly Controller[] = [ownCluster(process.env)?.controller ?? ['argocd' as const, 'flux' as const]].flat();

export async function openStage(controller: Controller): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'fl-stage-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const branch = `fairlead-e2e-${process.pid.toString()}`;
  const common = { controller, branch, folder };
  const own = ownCluster(process.env);
  if (own !== undefined) return owning(stack, { ...common, ...own, kubeconfig: await readFile(own.kubeconfigPath, 'utf8') });

  const cluster = stack.use(await clusterUnderTest());
  const server = stack.use(await startGitServer({ root: join(folder, 'git') }));
  await server.createRepository('journey');
  const options = { kubeconfig: cluster.kubeconfig() };
  stack.use(await (controller === 'argocd' ? startArgoCd({ ...options, latencyMs: 20 }) : startFlux({ ...options, pollMs: 20 })));
  return owning(stack, {
    ...common,
    kubeconfig: cluster.kubeconfig(),
    controllerNamespace: controllerNamespaces[controller],
    namespace: 'fairlead-e2e',
    gitUrl: server.repositoryUrl('journey'),
  });
}

function owning(stack: AsyncDisposableStack, stage: Omit<Stage, keyof AsyncDisposable>): Stage {
  const owned = stack.move();
  return { ...stage, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
