import type { FluxObject, FluxSource } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { fluxStateOf, present } from './flux-state-of.ts';
import type { Kustomization, Source } from './schema.ts';

/** Which source a Kustomization reads. */
export function sourceOf({ metadata, spec: { sourceRef } }: Pick<Kustomization, 'metadata' | 'spec'>): FluxObject {
  return { kind: sourceRef.kind, namespace: sourceRef.namespace ?? metadata.namespace, name: sourceRef.name };
}

/** Where the maker of an artifact says which commit it was made from. */
const originKey = 'org.opencontainers.image.revision';

export function observeSource(object: FluxObject, source: Source | undefined): FluxSource {
  if (source === undefined) return { ...object, found: false };
  return {
    ...object,
    found: true,
    ...fluxStateOf(source),
    uid: source.metadata.uid,
    url: redact(source.spec.url ?? source.spec.endpoint ?? ''),
    ref: source.spec.ref ?? {},
    ...artifactOf(source),
  };
}

function artifactOf({ status }: Source): Partial<Extract<FluxSource, { readonly found: true }>> {
  const artifact = status?.artifact;
  if (!artifact) return {};
  return {
    ...present('revision', artifact.revision),
    ...present('originRevision', artifact.metadata?.[originKey]),
    ...present('digest', artifact.digest),
    ...present('fetchedAt', artifact.lastUpdateTime),
  };
}

/** The branch or whatever else it follows, by what comes first with the controller. Where nothing is said it is `master`. */
export function followedRef(source: FluxSource): string {
  if (!source.found) return '';
  const { commit, name, digest, semver, tag, branch } = source.ref;
  return commit ?? name ?? digest ?? semver ?? tag ?? branch ?? (source.kind === 'GitRepository' ? 'master' : '');
}
