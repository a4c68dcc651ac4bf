import { expect, it } from 'vitest';
import { inventoryRef } from './inventory-ref.ts';

it.each([
  ['shop_web_apps_Deployment', 'v1', { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }],
  ['shop_web-config__ConfigMap', 'v1', { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web-config' }],
  ['_shop__Namespace', 'v1', { group: '', version: 'v1', kind: 'Namespace', name: 'shop' }],
  [
    '_system__node-reader_rbac.authorization.k8s.io_ClusterRole',
    'v1',
    { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', name: 'system:node-reader' },
  ],
])('reads %s', (id, v, ref) => {
  expect(inventoryRef({ id, v })).toEqual(ref);
});

it.each(['', 'web', 'shop_web', 'shop_web_apps', 'shop_web_apps_'])('takes no object from %j', (id) => {
  expect(inventoryRef({ id, v: 'v1' })).toBeUndefined();
});
