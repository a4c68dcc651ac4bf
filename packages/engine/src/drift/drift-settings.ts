import {
  builtInSchemas,
  customSchemas,
  driftRules,
  mergeSchemas,
  policyDriftRules,
  trustedManagersOf,
  type Controller,
  type DriftRules,
  type DriftSchemas,
  type EnvironmentId,
  type IgnoreRule,
  type ResolvedPolicy,
} from '@fairlead/domain';
import type { Cluster } from '../ports/cluster.ts';
import type { DesiredObjects } from './desired-objects.ts';

/** What is known of a cluster's kinds. */
export interface ClusterKinds {
  readonly schemas: DriftSchemas;
  /** As `group/Kind`: an object of theirs has no namespace, whatever its files say. */
  readonly clusterScoped: ReadonlySet<string>;
  readonly served: ReadonlySet<string>;
}

export async function readClusterKinds(port: Pick<Cluster, 'servedKinds' | 'customSchemas'>, cluster: string): Promise<ClusterKinds> {
  const { kinds } = await port.servedKinds(cluster);
  const schemas = mergeSchemas(builtInSchemas, customSchemas(await port.customSchemas(cluster)));
  const nameOf = ({ group, kind }: (typeof kinds)[number]): string => `${group}/${kind}`;
  const clusterScoped = new Set(kinds.filter(({ namespaced }) => !namespaced).map(nameOf));
  return { schemas, clusterScoped, served: new Set(kinds.map(nameOf)) };
}

export interface RulesQuestion {
  readonly environment: EnvironmentId;
  readonly target: string;
  readonly controller: Controller | 'none';
  readonly kinds: ClusterKinds;
  readonly ownedNamespaces: readonly string[];
  readonly namespace?: string;
  readonly hashSecret: (value: string) => string;
  /** What the controller is told to ignore. */
  readonly ignore?: readonly IgnoreRule[];
  readonly policy: Pick<ResolvedPolicy, 'drift'>;
}

/** What a target is compared by. */
export function rulesFor(
  { kinds, controller, ignore = [], policy, ...question }: RulesQuestion,
  desired: Pick<DesiredObjects, 'objects'>,
): DriftRules {
  const own = policyDriftRules(policy.drift);
  return driftRules({
    ...question,
    ignore: [...ignore, ...own.ignore],
    schemas: kinds.schemas,
    trustedManagers: trustedManagersOf(controller),
    declared: own.declared,
    desired: [...desired.objects.values()].map(({ object }) => object),
  });
}
