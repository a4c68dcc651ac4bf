import { CommitSha, OperationId, type JsonObject, type SyncRequest } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { askedOf, operationOf } from './asked-of.ts';
import { nextSyncStep } from './request-sync.ts';
import { Application } from './schema.ts';

const commit = CommitSha.parse('a'.repeat(40));
const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
const request: SyncRequest = { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info: {} };

const overlay = { repoURL: 'https://git.example.com/env.git', path: 'overlays/dev', targetRevision: 'main' };
const values = { repoURL: 'https://git.example.com/env.git', ref: 'values', targetRevision: 'main' };
const chart = { repoURL: 'https://charts.example.com', chart: 'redis', targetRevision: '18.*' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };

function application(spec: JsonObject, status: JsonObject = {}): Application {
  const metadata = { name: 'web', namespace: 'argocd', uid: 'u', resourceVersion: '7' };
  return Application.parse({
    metadata,
    spec: { destination, ...spec },
    status: { sync: { status: 'Synced', revision: commit }, ...status },
  });
}

const several = application(
  { sources: [chart, overlay, values] },
  { sync: { status: 'Synced', revisions: ['18.6.1', 'b'.repeat(40), 'b'.repeat(40)] } },
);

describe('one source', () => {
  it('is asked for by its revision', () => {
    expect(askedOf(request, application({ source: overlay }))).toEqual({ revision: commit, syncStrategy: { hook: {} } });
  });

  it('counts only where there are not several', () => {
    expect(askedOf(request, application({ source: overlay, sources: [] }))).toHaveProperty('revision', commit);
  });
});

describe('several sources', () => {
  it('are each pinned: the commit for its repository, the rest to what it was compared with', () => {
    expect(askedOf(request, several)).toEqual({
      sources: [chart, overlay, values],
      revisions: ['18.6.1', commit, commit],
      syncStrategy: { hook: {} },
    });
    expect(operationOf(request, several)['sync']).not.toHaveProperty('revision');
  });

  it.each([
    ['not all were compared', application({ sources: [chart, overlay] }, { sync: { revisions: ['18.6.1'] } })],
    ['one has no known revision', application({ sources: [chart, overlay] }, { sync: { revisions: ['', commit] } })],
    ['none is a path', application({ sources: [chart] }, { sync: { revisions: ['18.6.1'] } })],
  ])('wait where %s', (_what, unpinnable) => {
    expect(nextSyncStep(request, unpinnable)).toEqual({
      kind: 'answer',
      outcome: { kind: 'busy', message: 'the controller has not compared all sources of this application yet, so they can not be pinned' },
    });
  });

  it('are written together with their revisions', () => {
    expect(nextSyncStep(request, several)).toMatchObject({
      kind: 'write',
      patch: {
        metadata: { resourceVersion: '7' },
        operation: { sync: { revisions: ['18.6.1', commit, commit] } },
        status: { operationState: null },
      },
    });
  });
});

describe('another operation', () => {
  const base = application({ source: overlay });
  const running = (operationState: JsonObject): Application => application({ source: overlay }, { operationState });

  it.each([
    ['written', { ...base, operation: { initiatedBy: { username: 'mallory' } } }, 'an operation by mallory is running'],
    ['running', running({ phase: 'Running', message: 'waiting', operation: {} }), 'an operation by somebody unnamed is running: waiting'],
    ['being terminated', running({ phase: 'Terminating' }), 'an operation by somebody unnamed is running'],
  ])('that is %s keeps ours back', (_what, busy, message) => {
    expect(nextSyncStep(request, busy)).toEqual({ kind: 'answer', outcome: { kind: 'busy', message } });
  });
});

it("can not be passed off as ours by the request's own info", () => {
  const info = { 'fairlead.dev/operation': 'op-other' };

  expect(operationOf({ ...request, info }, application({ source: overlay }))['info']).toEqual([
    { name: 'fairlead.dev/operation', value: operation },
  ]);
});

describe('a request that prunes', () => {
  const old = { version: 'v1', kind: 'Service', namespace: 'shop', name: 'old', requiresPruning: true };
  const clusterWide = {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind: 'ClusterRole',
    namespace: '',
    name: 'old',
    requiresPruning: true,
  };
  const hook = { group: 'batch', version: 'v1', kind: 'Job', namespace: 'shop', name: 'pre', requiresPruning: true, hook: true };
  const resources = [old, clusterWide, hook];
  const comparedTo = { source: overlay, destination };
  const compared = application({ source: overlay }, { resources, sync: { status: 'OutOfSync', revision: commit, comparedTo } });
  const ref = { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'old' };
  const clusterRef = { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', name: 'old' };

  it('names what nobody planned to delete; finished hooks are none of that', () => {
    expect(nextSyncStep({ ...request, prune: true, mayPrune: [{ ...ref, version: 'v2' }] }, compared)).toEqual({
      kind: 'answer',
      outcome: { kind: 'prune-not-planned', objects: [clusterRef] },
    });
  });

  it('is written where the plan names all of it', () => {
    expect(nextSyncStep({ ...request, prune: true, mayPrune: [ref, clusterRef] }, compared)).toMatchObject({
      kind: 'write',
      asked: { prune: true, syncOptions: ['PruneLast=true'] },
    });
  });

  it.each([
    ['could not compare', { resources, sync: { status: 'Unknown', comparedTo } }, /it could not compare/],
    [
      'compared with something else',
      { resources, sync: { status: 'OutOfSync', comparedTo: { source: values, destination } } },
      /specification changed since/,
    ],
  ])('waits where the controller %s', (_what, status, message) => {
    const step = nextSyncStep({ ...request, prune: true }, application({ source: overlay }, status));

    expect(step.kind === 'answer' && step.outcome.kind === 'busy' && step.outcome.message).toMatch(message);
  });
});
