import { at, listAt, objectAt, textAt, type Json } from '../../json/json.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { readData } from '../object/read-data.ts';

/** The variables of `spec.postBuild`: those of ConfigMaps and Secrets in order, then the ones written in place, which win. */
export async function loadVariables(client: KubeClient, kustomization: KubeObject): Promise<ReadonlyMap<string, string>> {
  const variables = new Map<string, string>();
  for (const reference of listAt(kustomization, 'spec', 'postBuild', 'substituteFrom')) {
    for (const [name, value] of await referred(client, namespaceOf(kustomization), reference)) variables.set(name, oneLine(value));
  }
  const written = objectAt(kustomization, 'spec', 'postBuild', 'substitute');
  for (const [name, value] of Object.entries(written)) if (typeof value === 'string') variables.set(name, oneLine(value));
  return variables;
}

async function referred(client: KubeClient, namespace: string, reference: Json): Promise<ReadonlyMap<string, string>> {
  const kind = textAt(reference, 'kind') === 'Secret' ? 'Secret' : 'ConfigMap';
  const name = textAt(reference, 'name') ?? '';
  const found = await readData(client, { kind, namespace, name });
  if (!('absent' in found)) return found;
  if (at(reference, 'optional') === true) return new Map();
  throw new Error(`substitute from '${kind}/${name}' error: ${found.absent}`);
}

function oneLine(value: string): string {
  return value.replaceAll('\n', '');
}
