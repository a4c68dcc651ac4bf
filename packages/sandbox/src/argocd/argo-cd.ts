import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connectCluster, inClusterServer, type Cluster, type ClusterOptions } from './cluster/cluster.ts';
import { applicationStore } from './controller/application-store.ts';
import { type ApplicationWorker } from './controller/application-worker.ts';
import { type ControllerContext } from './controller/controller-context.ts';
import { latencyOf } from './controller/latency.ts';
import { manifestLoader } from './controller/manifest-loader.ts';
import { ensureDefaultProject } from './controller/default-project.ts';
import { applicationRecorder } from './controller/application-recorder.ts';
import { pollRepositories } from './controller/poll-repositories.ts';
import { watchApplications, watchProjects } from './controller/watch-applications.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { type RepositoryAccess } from '../source/git-mirror.ts';
import { ownOrGiven } from '../source/own-or-given.ts';
import { type Render } from '../source/render.ts';

export interface ArgoCdOptions {
  /** Of the cluster that holds the Applications; also their destination `https://kubernetes.default.svc`. */
  readonly kubeconfig: string;
  readonly namespace?: string;
  /** Credentials, where a repository asks for them. */
  readonly repositories?: readonly RepositoryAccess[];
  /** Further destinations. */
  readonly clusters?: readonly ClusterOptions[];
  /** How often repositories are asked whether something moved; a full comparison comes every 40 times. */
  readonly resyncMs?: number;
  /** The length of one step; see `latencyOf`. */
  readonly latencyMs?: number;
  /** An own `@fairlead/renderer` by default. */
  readonly render?: Render;
  readonly now?: () => Date;
}

export interface ArgoCd extends AsyncDisposable {
  /** Compares an application now, as a webhook from its repository would make it. */
  refresh(application: string, level?: 'git' | 'hard'): void;
}

const defaults = { namespace: 'argocd', resyncMs: 3000, latencyMs: 100 };

/** Argo CD's application controller as far as an outsider sees it: a client of a Kubernetes API that has the Argo CD definitions. */
export async function startArgoCd(options: ArgoCdOptions): Promise<ArgoCd> {
  const { namespace, resyncMs, latencyMs } = { ...defaults, ...options };
  const stop = new AbortController();
  const { signal } = stop;
  const workers = new Map<string, ApplicationWorker>();
  const onChange = (application: string): void => workers.get(application)?.wake('live');
  const connect = (cluster: ClusterOptions): Promise<Cluster> => connectCluster(cluster, { signal, onChange });
  const home = await connect({ name: 'in-cluster', server: inClusterServer, kubeconfig: options.kubeconfig });
  const clusters = [home, ...(await Promise.all((options.clusters ?? []).map(connect)))];
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-argocd-'));
  const rendering = ownOrGiven(options.render);
  const manifests = manifestLoader({ folder, repositories: options.repositories ?? [], render: rendering.render });
  const applications = applicationStore(home.client, namespace);
  const projects = new Map<string, KubeObject>();
  const context: ControllerContext = {
    namespace,
    applications,
    clusters,
    manifests,
    signal,
    project: (name) => projects.get(name),
    latency: latencyOf(latencyMs),
    now: options.now ?? (() => new Date()),
    record: applicationRecorder(home.client, options.now ?? (() => new Date())),
  };

  await ensureDefaultProject(home, namespace);
  await Promise.all(clusters.map(({ live }) => live.watch(baseKinds)));
  await watchProjects({ home, namespace, signal }, projects, () => {
    for (const worker of workers.values()) worker.wake('git');
  });
  await watchApplications({ home, namespace, signal }, context, workers);
  const polling = pollRepositories(context, workers, resyncMs);

  return {
    refresh: (application, level = 'git') => workers.get(application)?.wake(level),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all([polling, ...[...workers.values()].map(({ ended }) => ended)]);
      await manifests[Symbol.asyncDispose]();
      await rendering.end();
      for (const { client } of clusters) client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What workloads make, and what most applications have: watched from the start, the rest when it is first declared. */
const baseKinds = [
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'batch/v1', kind: 'Job' },
];
