import { at, listAt, objectAt, textAt, type Json } from '../../json/json.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { namespaceOf, type KubeObject } from '../../kube/kube-object.ts';

/** The variables of `spec.postBuild`: those of ConfigMaps and Secrets in order, then the ones written in place, which win. */
export async function loadVariables(client: KubeClient, kustomization: KubeObject): Promise<ReadonlyMap<string, string>> {
  const variables = new Map<string, string>();
  for (const reference of listAt(kustomization, 'spec', 'postBuild', 'substituteFrom')) {
    for (const [name, value] of await referred(client, namespaceOf(kustomization), reference)) variables.set(name, value);
  }
  const written = objectAt(kustomization, 'spec', 'postBuild', 'substitute');
  for (const [name, value] of Object.entries(written)) if (typeof value === 'string') variables.set(name, oneLine(value));
  return variables;
}

async function referred(client: KubeClient, namespace: string, reference: Json): Promise<readonly (readonly [string, string])[]> {
  const kind = textAt(reference, 'kind') ?? '';
  const name = textAt(reference, 'name') ?? '';
  const plural = kind === 'Secret' ? 'secrets' : 'configmaps';
  try {
    const found = await client.send({ verb: 'GET', path: `/api/v1/namespaces/${namespace}/${plural}/${name}` });
    const decode = (value: string): string => (kind === 'Secret' ? Buffer.from(value, 'base64').toString() : value);
    return Object.entries(objectAt(found, 'data')).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, oneLine(decode(value))] as const] : [],
    );
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    if (error.status === 404 && at(reference, 'optional') === true) return [];
    throw new Error(`substitute from '${kind}/${name}' error: ${error.message}`, { cause: error });
  }
}

function oneLine(value: string): string {
  return value.replaceAll('\n', '');
}
