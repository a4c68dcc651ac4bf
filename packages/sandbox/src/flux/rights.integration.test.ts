import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type JsonObject } from '../json/json.ts';
import { createSource, deliverWeb } from './testing/deliver-web.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { conditionsText, inventoryIds, isReady, readyMessage } from './testing/steps.ts';

const verbs = ['get', 'list', 'watch', 'create', 'patch', 'update'];
const account = 'keeper';
const user = `system:serviceaccount:flux-system:${account}`;
const stale = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stale }\n';

let world: FluxWorld;

beforeAll(async () => {
  world = await fluxWorld({ tokens: [{ token: 'keeper-token', user, rules: [{ verbs, groups: ['*'], resources: ['*'] }] }] });
  await createSource(world);
});

afterAll(() => world[Symbol.asyncDispose]());

async function grant(namespace: string): Promise<void> {
  await createNamespace(world.client, namespace);
  const group = 'rbac.authorization.k8s.io';
  const create = (plural: string, body: JsonObject): Promise<unknown> =>
    world.client.send({ verb: 'POST', path: `/apis/${group}/v1/namespaces/${namespace}/${plural}`, body });
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs }];
  await create('roles', { apiVersion: `${group}/v1`, kind: 'Role', metadata: { name: account, namespace }, rules });
  await create('rolebindings', {
    apiVersion: `${group}/v1`,
    kind: 'RoleBinding',
    metadata: { name: account, namespace },
    roleRef: { apiGroup: group, kind: 'Role', name: account },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'flux-system' }],
  });
}

describe('a Kustomization with the rights of a service account', () => {
  it('keeps track of what it may not delete, and deletes it once it may', async () => {
    await grant('ns-rights');
    const web = await deliverWeb(world, 'rights', { serviceAccountName: account });
    const before = await web.publish({ more: { 'stale.yaml': stale } });

    const failed = await web.publish();

    expect(isReady(before)).toBe(true);
    expect(conditionsText(failed)).toBe('Reconciling=True(ProgressingWithRetry) Ready=False(PruneFailed)');
    expect(readyMessage(failed)).toBe(
      'delete failed, errors: ConfigMap/ns-rights/stale delete failed: configmaps "stale" is forbidden: ' +
        `User "${user}" cannot delete resource "configmaps" in API group "" in the namespace "ns-rights";`,
    );
    expect(inventoryIds(failed)).toContain('ns-rights_stale__ConfigMap');

    await world.patch('Kustomization', 'rights', { spec: { serviceAccountName: null } });

    const pruned = await world.until('Kustomization', 'rights', (object) => isReady(object) && inventoryIds(object).length === 3);
    expect(inventoryIds(pruned)).not.toContain('ns-rights_stale__ConfigMap');
    expect(await web.live('configmaps', 'stale')).toBeUndefined();
  });
});
