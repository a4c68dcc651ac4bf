import { objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { KubeApiError } from '../../kube/kube-client.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { sourceGroup, sourceVersion } from '../source/source-version.ts';
import { sourceReferenceOf } from './flux-kustomization.ts';

const plurals: Readonly<Record<string, string>> = { GitRepository: 'gitrepositories', OCIRepository: 'ocirepositories' };

/** A source as somebody who builds from it sees it. */
export interface FoundSource {
  /** Undefined while nothing is stored. */
  readonly artifact?: {
    readonly revision: string;
    readonly path: string;
    /** The Git revision that another kind of source was made from, as its maker wrote it. */
    readonly originRevision?: string;
  };
}

/** `absent` is waited for, `denied` is for good. */
export type SourceLookup =
  { readonly kind: 'found'; readonly source: FoundSource } | { readonly kind: 'absent' | 'denied'; readonly message: string };

export async function readSource({ client }: FluxContext, kustomization: KubeObject): Promise<SourceLookup> {
  const { kind, namespace, name } = sourceReferenceOf(kustomization);
  if (kind === 'ExternalArtifact') {
    return { kind: 'denied', message: `can't access 'ExternalArtifact/${namespace}/${name}', ExternalArtifact feature gate is disabled` };
  }
  const plural = plurals[kind];
  if (plural === undefined) return { kind: 'absent', message: `source \`${name}\` kind '${kind}' not supported` };
  try {
    const found = await client.send({ verb: 'GET', path: `/apis/${sourceVersion}/namespaces/${namespace}/${plural}/${name}` });
    return { kind: 'found', source: isKubeObject(found) ? sourceOf(found) : {} };
  } catch (error) {
    if (!(error instanceof KubeApiError) || error.status !== 404) throw error;
    return { kind: 'absent', message: `${kind}.${sourceGroup} "${name}" not found` };
  }
}

function sourceOf(source: KubeObject): FoundSource {
  const artifact: JsonObject = objectAt(source, 'status', 'artifact');
  const revision = textAt(artifact, 'revision');
  if (revision === undefined) return {};
  const originRevision = textAt(artifact, 'metadata', 'org.opencontainers.image.revision');
  return { artifact: { revision, path: textAt(artifact, 'path') ?? '', ...(originRevision !== undefined && { originRevision }) } };
}
