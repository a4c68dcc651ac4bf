import { join } from 'node:path';
import {
  clusterRights,
  deliveryTargets,
  InvalidError,
  kindResourcesOf,
  objectRefOf,
  renderFault,
  type ClusterRight,
  type Environment,
  type JsonObject,
  type KustomizationSource,
} from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { openWorld, type FoundEnvironment, type LocalWorld } from './wire.ts';

export interface AccessQuestion {
  /** Of one that nobody declared only its objects are read: what delivers it is not known beforehand. */
  readonly environment: FoundEnvironment;
  /** Where objects go that name no namespace. */
  readonly namespace?: string | undefined;
  /** Whose controller objects are written. Default: the one that all targets live on. */
  readonly cluster: string | undefined;
  readonly sources: readonly KustomizationSource[];
}

/** What our identity needs on a cluster for an environment, as it renders in the checkout. */
export async function environmentAccess(
  terminal: Terminal,
  { root }: LocalWorld,
  { environment: { path, declared }, namespace, cluster, sources }: AccessQuestion,
): Promise<readonly ClusterRight[]> {
  const objects = await renderedAt(terminal, join(root, path));
  return clusterRights({
    kinds: kindResourcesOf(objects),
    namespaces: namespacesOf(declared?.environment.spec.namespaces ?? [], objects, namespace),
    targets: declared === undefined ? [] : targetsOn(declared.environment, cluster),
    sources,
  });
}

async function renderedAt(terminal: Terminal, directory: string): Promise<readonly JsonObject[]> {
  await using place = await openWorld(terminal, directory);
  const outcome = await place.render();
  if (outcome.kind === 'rendered') return outcome.objects;
  const { message, fix } = renderFault(outcome);
  throw new InvalidError(outcome.code, message, { hint: fix });
}

type Namespaces = readonly { readonly name: string; readonly owned: boolean }[];

/** Those that are declared, and those that objects name. */
function namespacesOf(declared: Namespaces, objects: readonly JsonObject[], home: string | undefined): Namespaces {
  const owned = new Map<string, boolean>(declared.map(({ name, owned: isOwned }) => [name, isOwned]));
  for (const object of objects) {
    const { namespace = home } = objectRefOf(object);
    if (namespace !== undefined && !owned.has(namespace)) owned.set(namespace, false);
  }
  return [...owned].map(([name, isOwned]) => ({ name, owned: isOwned }));
}

/** Those of one cluster: the one that is named, or the only one. */
export function targetsOn(environment: Environment, cluster: string | undefined): ReturnType<typeof deliveryTargets> {
  const targets = deliveryTargets(environment);
  const clusters = [...new Set(targets.map((target) => target.cluster))];
  if (cluster === undefined && clusters.length > 1) {
    throw new UsageError(`its targets live on several clusters: ${clusters.join(', ')}`, `name one: --cluster ${clusters[0] ?? ''}`);
  }
  return targets.filter((target) => cluster === undefined || target.cluster === cluster);
}
