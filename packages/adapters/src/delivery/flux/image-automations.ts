import { UpstreamError, type FluxSource, type ImageAutomation } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { absent, parsed, placeName, type FluxClient } from './client.ts';
import { imageAutomations, sourceKind } from './flux-kind.ts';
import { ImageUpdateAutomation, Source } from './schema.ts';

/** Those that live beside a source. Nothing where the kind isn't installed; `undefined` where we may not look. */
export async function readImageAutomations(
  client: FluxClient,
  cluster: string,
  origin: FluxSource,
): Promise<readonly ImageAutomation[] | undefined> {
  try {
    const found = await client.find({ cluster, of: imageAutomations, namespace: origin.namespace }, ImageUpdateAutomation);
    return await Promise.all(found.map((automation) => observeAutomation(client, cluster, automation)));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (error.code === 'kubernetes-not-found') return [];
    if (error.code === 'kubernetes-forbidden') return undefined;
    throw error;
  }
}

async function observeAutomation(client: FluxClient, cluster: string, automation: ImageUpdateAutomation): Promise<ImageAutomation> {
  const { metadata, spec } = automation;
  const { url, branch } = await checkedOut(client, cluster, automation);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    suspended: spec.suspend === true,
    url,
    branch: spec.git?.push?.branch ?? branch,
    path: spec.update?.path ?? '',
  };
}

/** What it checks out, and writes to where it names no other branch. */
async function checkedOut(
  client: FluxClient,
  cluster: string,
  { metadata, spec }: ImageUpdateAutomation,
): Promise<Pick<ImageAutomation, 'url' | 'branch'>> {
  const { kind, name, namespace } = spec.sourceRef;
  const of = sourceKind(kind);
  if (of === undefined) return { url: '', branch: '' };
  const place = { cluster, of, namespace: namespace ?? metadata.namespace, name };
  const read = await client.read(place);
  if (read === absent) return { url: '', branch: '' };
  const source = parsed(Source, read, `reading ${placeName(place)}`);
  return { url: redact(source.spec.url ?? ''), branch: source.spec.ref?.['branch'] ?? '' };
}
