import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { checkSpec } from './check-spec.ts';

const cluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

function verdictOf(projectSpec: JsonObject, destination: JsonObject = { server: cluster.server, namespace: 'shop' }): string {
  const application: KubeObject = {
    apiVersion: 'a/v1',
    kind: 'Application',
    metadata: {},
    spec: { project: 'p', destination, source: { repoURL: 'https://git/app' } },
  };
  const project: KubeObject = { apiVersion: 'a/v1', kind: 'AppProject', metadata: {}, spec: projectSpec };
  const verdict = checkSpec(application, { project, clusters: [cluster] });
  return verdict.kind === 'valid' ? 'valid' : verdict.conditions.map(({ message }) => message).join();
}

const open = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };

describe('checkSpec', () => {
  it('accepts a destination by address and by name', () => {
    expect(verdictOf(open)).toBe('valid');
    expect(verdictOf(open, { name: 'in-cluster', namespace: 'shop' })).toBe('valid');
    expect(verdictOf(open, { name: 'elsewhere', namespace: 'shop' })).toBe('there are no clusters with this name: elsewhere');
  });

  it('holds a project to its repositories', () => {
    expect(verdictOf({ ...open, sourceRepos: ['https://git/*'] })).toBe('valid');
    expect(verdictOf({ ...open, sourceRepos: ['*', '!https://git/*'] })).toBe(
      "application repo https://git/app is not permitted in project 'p'",
    );
  });

  it('holds a project to its destinations', () => {
    expect(verdictOf({ ...open, destinations: [{ name: 'in-cluster', namespace: 'sh*' }] })).toBe('valid');
    expect(verdictOf({ ...open, destinations: [{ server: '*', namespace: 'other' }] })).toContain(
      'do not match any of the allowed destinations',
    );
  });
});
