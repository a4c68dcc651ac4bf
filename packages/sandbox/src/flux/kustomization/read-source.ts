import { objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { findSource, isSupportedSource } from '../source/find-source.ts';
import { sourceGroup } from '../source/source-version.ts';
import { sourceReferenceOf } from './flux-kustomization.ts';

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
  const reference = sourceReferenceOf(kustomization);
  const { kind, namespace, name } = reference;
  if (kind === 'ExternalArtifact') {
    return { kind: 'denied', message: `can't access 'ExternalArtifact/${namespace}/${name}', ExternalArtifact feature gate is disabled` };
  }
  if (!isSupportedSource(kind)) return { kind: 'absent', message: `source \`${name}\` kind '${kind}' not supported` };
  const found = await findSource(client, reference);
  if (found === undefined) return { kind: 'absent', message: `${kind}.${sourceGroup} "${name}" not found` };
  return { kind: 'found', source: sourceOf(found) };
}

function sourceOf(source: KubeObject): FoundSource {
  const artifact: JsonObject = objectAt(source, 'status', 'artifact');
  const revision = textAt(artifact, 'revision');
  if (revision === undefined) return {};
  const originRevision = textAt(artifact, 'metadata', 'org.opencontainers.image.revision');
  return { artifact: { revision, path: textAt(artifact, 'path') ?? '', ...(originRevision !== undefined && { originRevision }) } };
}
