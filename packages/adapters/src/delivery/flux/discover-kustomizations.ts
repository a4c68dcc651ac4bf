import { objectKey, sameFolder, sameRepository, UpstreamError, type DiscoveredTarget, type SourceQuery } from '@fairlead/domain';
import { absent, parsed, placeName, type FluxClient } from './client.ts';
import { kustomizations, sourceKind } from './flux-kind.ts';
import { destinationOf } from './observe-kustomization.ts';
import { followedRef, observeSource, sourceOf } from './observe-source.ts';
import { Kustomization, Source } from './schema.ts';
import { inventoryRef } from './inventory-ref.ts';

/** Kustomizations that deliver the folder: by their path, or by a folder above it and an object that they share with one of those. */
export async function discoverKustomizations(
  client: FluxClient,
  namespaces: readonly string[],
  { cluster, path, repositories }: SourceQuery & { readonly cluster: string },
): Promise<readonly DiscoveredTarget[]> {
  const all = await everyKustomization(client, namespaces, cluster);
  const exact = all.filter(({ spec }) => sameFolder(spec.path ?? '', path));
  const theirs = new Set(exact.flatMap(objectsOf));
  const above = all.filter((one) => !exact.includes(one) && isAbove(one, path) && objectsOf(one).some((object) => theirs.has(object)));
  const found = await Promise.all([...exact, ...above].map((kustomization) => discovered(client, cluster, kustomization)));
  return found.filter(
    ({ source: { repository } }) => repositories.length === 0 || repositories.some((one) => sameRepository(one, repository)),
  );
}

/** Where only the named namespaces are ours to list, the rest stays unseen: a right that an installation may choose not to give. */
async function everyKustomization(client: FluxClient, namespaces: readonly string[], cluster: string): Promise<readonly Kustomization[]> {
  const find = (namespace: string | undefined) => client.find({ cluster, of: kustomizations, namespace }, Kustomization);
  try {
    return await find(undefined);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== 'kubernetes-forbidden') throw error;
    return (await Promise.all(namespaces.map(find))).flat();
  }
}

function isAbove({ spec }: Kustomization, path: string): boolean {
  const parents = path.split('/').map((_segment, index, segments) => segments.slice(0, index).join('/'));
  return parents.some((parent) => sameFolder(parent, spec.path ?? ''));
}

function objectsOf({ status }: Kustomization): readonly string[] {
  return (status?.inventory?.entries ?? []).flatMap((entry) => inventoryRef(entry) ?? []).map(objectKey);
}

async function discovered(client: FluxClient, cluster: string, kustomization: Kustomization): Promise<DiscoveredTarget> {
  const { metadata, spec } = kustomization;
  const object = sourceOf(kustomization);
  const of = sourceKind(object.kind);
  const place = of === undefined ? undefined : { cluster, of, namespace: object.namespace, name: object.name };
  const read = place === undefined ? absent : await client.read(place);
  const origin = observeSource(
    object,
    place === undefined || read === absent ? undefined : parsed(Source, read, `reading ${placeName(place)}`),
  );
  return {
    target: { controller: 'flux', cluster, namespace: metadata.namespace, name: metadata.name },
    source: { repository: origin.found ? origin.url : '', path: spec.path ?? '', targetRevision: followedRef(origin) },
    destination: destinationOf(spec),
    automatedSync: true,
  };
}
