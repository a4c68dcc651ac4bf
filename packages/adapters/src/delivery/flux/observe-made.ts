import type { FluxObject, MadeByFlux, NestedKustomization, ObservedHelmRelease } from '@fairlead/domain';
import { appliedRevisions } from './applied-revisions.ts';
import { fluxStateOf, present } from './flux-state-of.ts';
import { sourceOf } from './observe-source.ts';
import type { HelmRelease, Kustomization } from './schema.ts';

export function observeHelmRelease(release: HelmRelease): ObservedHelmRelease {
  const { metadata, status } = release;
  const [latest] = status?.history ?? [];
  return {
    ...fluxStateOf(release),
    namespace: metadata.namespace,
    name: metadata.name,
    ...(latest === undefined ? {} : { latest: latestOf(latest) }),
    attempted: {
      ...present('revision', status?.lastAttemptedRevision),
      ...present('configDigest', status?.lastAttemptedConfigDigest),
      ...present('ociDigest', status?.lastAttemptedRevisionDigest),
    },
  };
}

type Snapshot = NonNullable<NonNullable<HelmRelease['status']>['history']>[number];

function latestOf({
  status,
  chartName,
  chartVersion,
  configDigest,
  ociDigest,
  lastDeployed,
}: Snapshot): NonNullable<ObservedHelmRelease['latest']> {
  return { status, chart: chartName, chartVersion, configDigest, ...present('ociDigest', ociDigest), ...present('at', lastDeployed) };
}

/** `origin`: the source of the Kustomization that made it. */
export function observeNested(nested: Kustomization, origin: FluxObject): NestedKustomization {
  const source = sourceOf(nested);
  return {
    ...fluxStateOf(nested),
    namespace: nested.metadata.namespace,
    name: nested.metadata.name,
    sameSource: source.kind === origin.kind && source.namespace === origin.namespace && source.name === origin.name,
    ...appliedRevisions(nested),
  };
}

export function unseen(object: FluxObject, reason: string): MadeByFlux {
  return { kind: 'unseen', object, reason };
}
