import type { DeliveryTarget } from '../delivery/delivery-target.ts';
import { isUnwatched } from '../drift/unwatched-kinds.ts';
import { builtInKinds, type KindResource } from './kind-resource.ts';

/** One right that our identity needs on a cluster. `namespace` is absent for the whole cluster, `names` for every object. */
export interface ClusterRight {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  readonly namespace?: string;
  readonly names?: readonly string[];
}

/** A source that a Kustomization reads. */
export interface KustomizationSource {
  readonly namespace: string;
  /** `gitrepositories`, `ocirepositories`, `buckets` or `externalartifacts`. */
  readonly resource: string;
  readonly name: string;
}

export interface AccessNeeded {
  /** Of what is desired or managed. */
  readonly kinds: readonly KindResource[];
  readonly namespaces: readonly { readonly name: string; readonly owned: boolean }[];
  /** Those that live on the cluster. */
  readonly targets: readonly DeliveryTarget[];
  readonly sources: readonly KustomizationSource[];
}

const see = ['get', 'list', 'watch'] as const;

/** Just what is watched and written, and no more; never a right on Secrets, whose list is their content. */
export function clusterRights({ kinds, namespaces, targets, sources }: AccessNeeded): readonly ClusterRight[] {
  const pods: KindResource = { group: '', kind: 'Pod', resource: 'pods', namespaced: true };
  const wanted = unique([...kinds.filter((kind) => !isUnwatched(kind)), pods]);
  const everything = unique([...wanted, ...builtInKinds]);
  const here = namespaces.flatMap(({ name: namespace, owned }) =>
    (owned ? everything : wanted).flatMap((kind) => (kind.namespaced ? [{ ...placeOf(kind), verbs: see, namespace }] : [])),
  );
  const wide = wanted.flatMap((kind) => (kind.namespaced || isDefinition(kind) ? [] : [{ ...placeOf(kind), verbs: see }]));
  return [definitions, ...wide, ...here, ...targetRights(targets), ...sources.map(sourceRight)];
}

/** Schemas of custom kinds say how their lists merge, and a new one is seen when it comes. */
const definitions: ClusterRight = { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', verbs: see };

function isDefinition({ group, resource }: KindResource): boolean {
  return group === definitions.group && resource === definitions.resource;
}

function placeOf({ group, resource }: KindResource): Pick<ClusterRight, 'group' | 'resource'> {
  return { group, resource };
}

function unique(kinds: readonly KindResource[]): readonly KindResource[] {
  const byPlace = new Map(kinds.map((kind) => [`${kind.group}/${kind.resource}`, kind]));
  return [...byPlace.keys()].toSorted().flatMap((place) => byPlace.get(place) ?? []);
}

const controllerResources = {
  argocd: { group: 'argoproj.io', resource: 'applications' },
  flux: { group: 'kustomize.toolkit.fluxcd.io', resource: 'kustomizations' },
} as const;

const sourceGroup = 'source.toolkit.fluxcd.io';
const sourceResources = ['buckets', 'externalartifacts', 'gitrepositories', 'ocirepositories'] as const;

/** Names can't narrow a list or a watch, so seeing is of the namespace, and writing of the named ones. */
function targetRights(targets: readonly DeliveryTarget[]): readonly ClusterRight[] {
  const places = new Map(targets.map(({ controller, namespace }) => [`${controller}/${namespace}`, { controller, namespace }]));
  return [...places.values()].flatMap(({ controller, namespace }) => {
    const names = targets.filter((target) => target.controller === controller && target.namespace === namespace).map(({ name }) => name);
    const place = { ...controllerResources[controller], namespace };
    const own: readonly ClusterRight[] = [
      { ...place, verbs: see },
      { ...place, verbs: ['patch'], names: [...new Set(names)].toSorted() },
    ];
    return [...own, ...(controller === 'argocd' ? argoCdRights(namespace) : fluxRights(namespace))];
  });
}

/** Windows are on projects; which version runs is told by its controller. */
function argoCdRights(namespace: string): readonly ClusterRight[] {
  return [
    { group: 'argoproj.io', resource: 'appprojects', verbs: ['get'], namespace },
    { group: 'apps', resource: 'statefulsets', verbs: ['get'], namespace, names: ['argocd-application-controller'] },
  ];
}

function fluxRights(namespace: string): readonly ClusterRight[] {
  return [
    ...sourceResources.map((resource) => ({ group: sourceGroup, resource, verbs: see, namespace })),
    { group: 'helm.toolkit.fluxcd.io', resource: 'helmreleases', verbs: ['get'], namespace },
    { group: 'image.toolkit.fluxcd.io', resource: 'imageupdateautomations', verbs: ['list'], namespace },
    { group: 'apps', resource: 'deployments', verbs: ['get'], namespace, names: ['kustomize-controller'] },
  ];
}

function sourceRight({ namespace, resource, name }: KustomizationSource): ClusterRight {
  return { group: sourceGroup, resource, verbs: ['patch'], namespace, names: [name] };
}
