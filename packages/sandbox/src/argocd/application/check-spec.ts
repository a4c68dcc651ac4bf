import { listAt, textAt, textsAt, type Json } from '../../json/json.ts';
import { matchesGlob } from '../windows/glob.ts';
import { type AppCondition } from './conditions.ts';
import { projectNameOf, sourcesOf } from './application.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

/** The name and address of a cluster, as a destination may spell them. */
export interface ClusterName {
  readonly name: string;
  readonly server: string;
}

export interface Surroundings<C extends ClusterName> {
  readonly project: KubeObject | undefined;
  readonly clusters: readonly C[];
}

export type SpecVerdict<C extends ClusterName> =
  | { readonly kind: 'valid'; readonly project: KubeObject; readonly cluster: C }
  | { readonly kind: 'invalid'; readonly conditions: readonly AppCondition[] };

/** Whether project, cluster and permissions let an application be compared at all. */
export function checkSpec<C extends ClusterName>(application: KubeObject, { project, clusters }: Surroundings<C>): SpecVerdict<C> {
  const name = projectNameOf(application);
  if (project === undefined) return invalid(`Application referencing project ${name} which does not exist`);
  const cluster = clusters.find((candidate) => isDestination(application, candidate));
  if (cluster === undefined) return invalid(unknownCluster(application));

  const refused = sourcesOf(application)
    .sources.map((source) => textAt(source, 'repoURL') ?? '')
    .find((repository) => !permits(textsAt(project, 'spec', 'sourceRepos'), repository));
  if (refused !== undefined) {
    return invalid(`application repo ${refused} is not permitted in project '${name}'`);
  }
  const namespace = textAt(application, 'spec', 'destination', 'namespace') ?? '';
  if (!listAt(project, 'spec', 'destinations').some((destination) => admits(destination, cluster, namespace))) {
    const destination = `server '${cluster.server}' and namespace '${namespace}'`;
    return invalid(`application destination ${destination} do not match any of the allowed destinations in project '${name}'`);
  }
  return { kind: 'valid', project, cluster };
}

function invalid(message: string): { readonly kind: 'invalid'; readonly conditions: readonly AppCondition[] } {
  return { kind: 'invalid', conditions: [{ type: 'InvalidSpecError', message }] };
}

function isDestination(application: KubeObject, { name, server }: ClusterName): boolean {
  const wanted = textAt(application, 'spec', 'destination', 'server') ?? '';
  return wanted === '' ? textAt(application, 'spec', 'destination', 'name') === name : wanted === server;
}

function unknownCluster(application: KubeObject): string {
  const server = textAt(application, 'spec', 'destination', 'server') ?? '';
  const name = textAt(application, 'spec', 'destination', 'name') ?? '';
  if (server === '') return `there are no clusters with this name: ${name}`;
  return `error getting cluster by server "${server}": rpc error: code = NotFound desc = cluster "${server}" not found`;
}

/** A pattern with `!` denies, whatever the others say. */
function permits(patterns: readonly string[], value: string): boolean {
  const denied = patterns.some((pattern) => pattern.startsWith('!') && matchesGlob(pattern.slice(1), value));
  return !denied && patterns.some((pattern) => !pattern.startsWith('!') && matchesGlob(pattern, value));
}

function admits(destination: Json, { name, server }: ClusterName, namespace: string): boolean {
  const byServer = matchesGlob(textAt(destination, 'server') ?? '', server);
  return (
    (byServer || matchesGlob(textAt(destination, 'name') ?? '', name)) && matchesGlob(textAt(destination, 'namespace') ?? '', namespace)
  );
}
