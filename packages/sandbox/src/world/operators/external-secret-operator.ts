import { createHash } from 'node:crypto';
import { listAt, numberAt, textAt, type JsonObject } from '../../json/json.ts';
import { conditionOf } from '../../kube/conditions.ts';
import type { KubeRequest } from '../../kube/kube-client.ts';
import { nameOf, namespaceOf, uidOf, type KubeObject } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import type { Operator } from './operator.ts';
import { ready, statusPatch } from './status-operators.ts';

const type = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', plural: 'externalsecrets', namespaced: true } as const;

/** Makes the Secret that is asked for, with values that stay the same and that no one knows. */
export const externalSecretOperator: Operator = {
  manager: 'external-secrets',
  type,
  answer: (external) => {
    const version = `${String(numberAt(external.metadata, 'generation') ?? 1)}-${uidOf(external).slice(0, 8)}`;
    if (conditionOf(external, 'Ready') !== undefined && textAt(external, 'status', 'syncedResourceVersion') === version) return [];
    const name = textAt(external, 'spec', 'target', 'name') ?? nameOf(external);
    const status = {
      binding: { name },
      conditions: [ready('SecretSynced', 'secret synced')],
      refreshTime: timestamp(new Date()),
      syncedResourceVersion: version,
    };
    return [secretRequest(external, name), statusPatch(type, external, status)];
  },
};

function secretRequest(external: KubeObject, name: string): KubeRequest {
  const namespace = namespaceOf(external);
  const owner = { apiVersion: type.apiVersion, kind: type.kind, name: nameOf(external), uid: uidOf(external) };
  const labels = { 'reconcile.external-secrets.io/managed': 'true' };
  const body: JsonObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels, ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] },
    type: textAt(external, 'spec', 'target', 'template', 'type') ?? 'Opaque',
    data: Object.fromEntries(
      listAt(external, 'spec', 'data').map((entry) => {
        const key = textAt(entry, 'secretKey') ?? '';
        return [key, valueOf(external, key)];
      }),
    ),
  };
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  return { verb: 'PATCH', path, query: { force: 'true' }, body, contentType: 'application/apply-patch+yaml' };
}

/** A pull secret must be JSON. */
function valueOf(external: KubeObject, key: string): string {
  if (key === '.dockerconfigjson') return Buffer.from('{"auths":{}}').toString('base64');
  return createHash('sha256')
    .update(`${uidOf(external)} ${key}`)
    .digest('base64');
}
