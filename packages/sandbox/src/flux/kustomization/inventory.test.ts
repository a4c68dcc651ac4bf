import { describe, expect, it } from 'vitest';

import { inventoryId, inventoryObjects, inventoryOf, missingFrom } from './inventory.ts';

const role = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'system:reader' },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };

describe('inventory', () => {
  it('names objects as the recordings do', () => {
    expect([role, service, deployment].map(inventoryId)).toEqual([
      '_system__reader_rbac.authorization.k8s.io_ClusterRole',
      'shop_web__Service',
      'shop_web_apps_Deployment',
    ]);
  });

  it('is read back as the objects that it was made of', () => {
    expect(inventoryObjects(inventoryOf([role, service, deployment]))).toEqual([role, service, deployment]);
  });

  it('passes over an entry that is none', () => {
    expect(inventoryObjects({ entries: [{ id: 'nonsense', v: 'v1' }] })).toEqual([]);
  });

  it('tells what one holds and another lacks, whatever the version', () => {
    expect(missingFrom([service, deployment], [{ ...deployment, apiVersion: 'apps/v1beta1' }])).toEqual([service]);
  });
});
