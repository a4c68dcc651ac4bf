import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { sourceVersion } from './source-version.ts';

export interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const plurals: Readonly<Record<string, string>> = { GitRepository: 'gitrepositories', OCIRepository: 'ocirepositories' };

export function isSupportedSource(kind: string): boolean {
  return kind in plurals;
}

/** A source as it is now; undefined when there is none, or its kind isn't known. */
export async function findSource(client: KubeClient, { kind, namespace, name }: SourceReference): Promise<KubeObject | undefined> {
  const plural = plurals[kind];
  if (plural === undefined) return undefined;
  try {
    const found = await client.send({ verb: 'GET', path: `/apis/${sourceVersion}/namespaces/${namespace}/${plural}/${name}` });
    return isKubeObject(found) ? found : undefined;
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) return undefined;
    throw error;
  }
}
