import { isUnwatched, type ObjectRef, type WatchCoverage } from '@fairlead/domain';
import type { ObjectScope } from '../ports/cluster.ts';
import type { ClusterKinds } from './drift-settings.ts';
import { kindsOf } from './desired-objects.ts';

export interface ScopeQuestion {
  readonly cluster: string;
  readonly namespaces: readonly string[];
  /** Where whatever nobody asked for is looked for, too. */
  readonly ownedNamespaces: readonly string[];
  /** Desired and managed. */
  readonly refs: Iterable<ObjectRef>;
  readonly kinds: Pick<ClusterKinds, 'clusterScoped' | 'served'>;
}

type Kind = Pick<ObjectRef, 'group' | 'kind'>;

/** What has to be looked at: in namespaces that are owned every kind, else the kinds that are asked for. Secrets never. Of the cluster's own kinds only those. */
export function watchedScopes({
  cluster,
  namespaces,
  ownedNamespaces,
  refs,
  kinds: { clusterScoped, served },
}: ScopeQuestion): readonly ObjectScope[] {
  const kinds = kindsOf(refs)
    .filter((kind) => !isSecret(kind))
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const [wide, narrow] = [
    kinds.filter((kind) => clusterScoped.has(nameOf(kind))),
    kinds.filter((kind) => !clusterScoped.has(nameOf(kind))),
  ];
  const here: ObjectScope = { cluster, namespaces: namespaces.toSorted() };
  const pods = narrow.some(isPod) ? [] : [{ group: '', kind: 'Pod' }];
  // A look at every kind leaves these out, but for those that somebody asks for; and is silent about what the cluster doesn't know.
  const named = narrow.filter((kind) => isUnwatched(kind) || !served.has(nameOf(kind)));
  const within = ownedNamespaces.length > 0 ? [here, { ...here, kinds: named }] : [{ ...here, kinds: [...narrow, ...pods] }];
  const all: readonly ObjectScope[] = [...(namespaces.length === 0 ? [] : within), { cluster, namespaces: [], kinds: wide }];
  return all.filter(({ kinds: of }) => of === undefined || of.length > 0);
}

export function isSecret({ group, kind }: Kind): boolean {
  return group === '' && kind === 'Secret';
}

export function isPod({ group, kind }: Kind): boolean {
  return group === '' && kind === 'Pod';
}

function nameOf({ group, kind }: Kind): string {
  return `${group}/${kind}`;
}

/** Coverage of several looks as one. */
export function joinedCoverage(all: readonly WatchCoverage[]): WatchCoverage {
  return {
    kinds: [...new Set(all.flatMap(({ kinds }) => kinds))].toSorted(),
    namespaces: [...new Set(all.flatMap(({ namespaces }) => namespaces))].toSorted(),
    gaps: all.flatMap(({ gaps }) => gaps),
  };
}
