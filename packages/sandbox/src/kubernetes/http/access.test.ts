import { describe, expect, it } from 'vitest';
import { actingUser, authenticate, everyRight, isAllowed, requireAccess, type AccessToken } from './access.ts';

const token: AccessToken = {
  token: 'let-me-read',
  user: 'reader',
  rules: [
    { verbs: ['get', 'list'], groups: ['apps'], resources: ['deployments'], namespaces: ['shop'] },
    { verbs: ['patch'], groups: ['apps'], resources: ['deployments/scale'] },
  ],
};

const reader = authenticate([token], 'Bearer let-me-read');

describe('access', () => {
  it('knows a user by the bearer token', () => {
    expect(authenticate([token], 'Bearer let-me-read').name).toBe('reader');
    expect(() => authenticate([token], 'Bearer let-me-rea')).toThrow('Unauthorized');
    expect(() => authenticate([token], '')).toThrow('Unauthorized');
  });

  it('allows what a rule covers and nothing beside it', () => {
    const deployments = { group: 'apps', resource: 'deployments' };

    expect(isAllowed(reader, { ...deployments, verb: 'get', namespace: 'shop' })).toBe(true);
    expect(isAllowed(reader, { ...deployments, verb: 'get', namespace: 'other' })).toBe(false);
    expect(isAllowed(reader, { ...deployments, verb: 'list' })).toBe(false);
    expect(isAllowed(reader, { ...deployments, verb: 'delete', namespace: 'shop' })).toBe(false);
    expect(isAllowed(reader, { ...deployments, verb: 'patch', namespace: 'shop' })).toBe(false);
    expect(isAllowed(reader, { ...deployments, verb: 'patch', namespace: 'shop', subresource: 'scale' })).toBe(true);
  });

  it('says who may not do what, and where', () => {
    const access = { verb: 'delete', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web' };

    expect(() => {
      requireAccess(reader, access);
    }).toThrow(
      'deployments.apps "web" is forbidden: User "reader" cannot delete resource "deployments" in API group "apps" in the namespace "shop"',
    );
  });

  it('lets a user act as another only with the right to, and with no more than the rights of that one', () => {
    const admin = { name: 'admin', rules: everyRight };
    const deployments = { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' };

    expect(isAllowed(actingUser([token], admin, 'reader'), deployments)).toBe(true);
    expect(isAllowed(actingUser([token], admin, 'system:serviceaccount:shop:none'), deployments)).toBe(false);
    expect(() => actingUser([token], reader, 'system:serviceaccount:shop:none')).toThrow(
      'serviceaccounts "none" is forbidden: User "reader" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"',
    );
  });
});
