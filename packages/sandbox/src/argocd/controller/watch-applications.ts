import { applicationVersion } from '../application/application.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { type ResourceType } from '../../kube/discovery.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { watchKind } from '../../kube/watch-kind.ts';
import { ApplicationWorker } from './application-worker.ts';
import { type ControllerContext } from './controller-context.ts';

/** Where the Applications and their projects live. */
export interface Home {
  readonly home: Cluster;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** Starts a worker for every application that appears, and wakes it when somebody else writes. */
export async function watchApplications(at: Home, context: ControllerContext, workers: Map<string, ApplicationWorker>): Promise<void> {
  const { home, namespace, signal } = at;
  const put = (application: KubeObject): void => {
    // Our own writes come back too, and are no news.
    if (!context.applications.put(application)) return;
    const worker = workers.get(nameOf(application));
    if (worker === undefined) workers.set(nameOf(application), new ApplicationWorker(context, application));
    else worker.wake();
  };
  const onDelete = (application: KubeObject): void => {
    context.applications.remove(application);
    workers.get(nameOf(application))?.wake();
    workers.delete(nameOf(application));
  };
  const onList = (listed: readonly KubeObject[]): void => {
    const present = new Set(listed.map(nameOf));
    const gone = context.applications.names().filter((name) => !present.has(name));
    for (const name of gone) {
      const application = context.applications.get(name);
      if (application !== undefined) onDelete(application);
    }
    listed.forEach(put);
  };
  const type = await requiredType(home, 'Application');
  await watchKind({ client: home.client, type, namespace, signal, sink: { onList, onChange: put, onDelete } });
}

export async function watchProjects(
  { home, namespace, signal }: Home,
  projects: Map<string, KubeObject>,
  onNews: () => void,
): Promise<void> {
  const put = (project: KubeObject): void => {
    projects.set(nameOf(project), project);
    onNews();
  };
  const onList = (listed: readonly KubeObject[]): void => {
    projects.clear();
    listed.forEach(put);
  };
  const onDelete = (project: KubeObject): void => {
    projects.delete(nameOf(project));
    onNews();
  };
  const type = await requiredType(home, 'AppProject');
  await watchKind({ client: home.client, type, namespace, signal, sink: { onList, onChange: put, onDelete } });
}

async function requiredType({ discovery }: Cluster, kind: string): Promise<ResourceType> {
  const type = await discovery.find(applicationVersion, kind);
  if (type === undefined) throw new Error(`the cluster has no ${applicationVersion} ${kind}: install the definitions of Argo CD first`);
  return type;
}
