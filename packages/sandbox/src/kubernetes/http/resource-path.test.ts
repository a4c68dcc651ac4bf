import { describe, expect, it } from 'vitest';
import { parseResourcePath } from './resource-path.ts';

const apps = { group: 'apps', version: 'v1', plural: 'deployments' };
const namespaces = { group: '', version: 'v1', plural: 'namespaces' };

describe('parseResourcePath', () => {
  it.each([
    ['/api/v1/namespaces', namespaces],
    ['/api/v1/namespaces/shop', { ...namespaces, name: 'shop' }],
    ['/api/v1/namespaces/shop/finalize', { ...namespaces, name: 'shop', subresource: 'finalize' }],
    ['/api/v1/namespaces/shop/pods', { group: '', version: 'v1', plural: 'pods', namespace: 'shop' }],
    ['/apis/apps/v1/deployments', apps],
    ['/apis/apps/v1/namespaces/shop/deployments/web/scale', { ...apps, namespace: 'shop', name: 'web', subresource: 'scale' }],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aadmin',
      { group: 'rbac.authorization.k8s.io', version: 'v1', plural: 'clusterroles', name: 'system:admin' },
    ],
    ['/apis/apps/v1', undefined],
    ['/nothing/of/ours', undefined],
    ['/apis/apps/v1/namespaces/shop/deployments/web/scale/more', undefined],
  ])('takes %s apart', (path, expected) => {
    expect(parseResourcePath(path)).toEqual(expected);
  });
});
