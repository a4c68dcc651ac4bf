import { describe, expect, it } from 'vitest';
import { authenticate, isAllowed, requireAccess, type AccessToken } from './access.ts';

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
});
