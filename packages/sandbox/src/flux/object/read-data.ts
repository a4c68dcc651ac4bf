import { objectAt } from '../../json/json.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';

export interface DataReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly namespace: string;
  readonly name: string;
}

/** What a ConfigMap or a Secret holds, as text; otherwise what the server says, where it says that there is none. */
export async function readData(
  client: KubeClient,
  reference: DataReference,
): Promise<ReadonlyMap<string, string> | { readonly absent: string }> {
  const { kind, namespace, name } = reference;
  const isSecret = kind === 'Secret';
  try {
    const path = `/api/v1/namespaces/${namespace}/${isSecret ? 'secrets' : 'configmaps'}/${name}`;
    const data = objectAt(await client.send({ verb: 'GET', path }), 'data');
    const decode = (value: string): string => (isSecret ? Buffer.from(value, 'base64').toString() : value);
    return new Map(Object.entries(data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, decode(value)]] : [])));
  } catch (error) {
    if (!(error instanceof KubeApiError) || error.status !== 404) throw error;
    return { absent: error.message };
  }
}
