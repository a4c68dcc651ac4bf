import { CommitSha, OperationId, type JsonObject, type SyncRequest, type SyncWindow } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { askedOf, operationOf } from './asked-of.ts';
import { nextSyncStep, type SyncSurroundings } from './request-sync.ts';
import { Application } from './schema.ts';

const commit = CommitSha.parse('a'.repeat(40));
const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
const request: SyncRequest = { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info: {} };

const around: SyncSurroundings = {
  target: { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'web' },
  windows: [],
  now: new Date('2026-11-23T23:00:00Z'),
};

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
    expect(askedOf(request, application({ source: overlay }), commit)).toEqual({ revision: commit, syncStrategy: { hook: {} } });
  });

  it('counts only where there are not several', () => {
    expect(askedOf(request, application({ source: overlay, sources: [] }), commit)).toHaveProperty('revision', commit);
  });
});

describe('some objects without the others', () => {
  const web = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  const syncPolicy = { syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'ApplyOutOfSyncOnly=true'] };

  it('are asked for by name, as the specification has it applied', () => {
    expect(askedOf({ ...request, only: [web] }, application({ source: overlay, syncPolicy }), commit)).toEqual({
      revision: commit,
      resources: [{ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }],
      syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'ApplyOutOfSyncOnly=true'],
      syncStrategy: { hook: {} },
    });
  });

  it('are replaced whether the controller calls them synced or not, and not applied on the server instead', () => {
    const asked = askedOf({ ...request, only: [web], replace: true }, application({ source: overlay, syncPolicy }), commit);

    expect(asked['syncOptions']).toEqual(['CreateNamespace=true', 'Replace=true']);
  });
});

describe('several sources', () => {
  it('are each pinned: the commit for its repository, the rest to what it was compared with', () => {
    expect(askedOf(request, several, commit)).toEqual({
      sources: [chart, overlay, values],
      revisions: ['18.6.1', commit, commit],
      syncStrategy: { hook: {} },
    });
    expect(operationOf(request, several, commit)['sync']).not.toHaveProperty('revision');
  });

  it.each([
    ['not all were compared', application({ sources: [chart, overlay] }, { sync: { revisions: ['18.6.1'] } })],
    ['one has no known revision', application({ sources: [chart, overlay] }, { sync: { revisions: ['', commit] } })],
    ['none is a path', application({ sources: [chart] }, { sync: { revisions: ['18.6.1'] } })],
  ])('wait where %s', (_what, unpinnable) => {
    expect(nextSyncStep(request, unpinnable, around)).toMatchObject({
      kind: 'answer',
      outcome: { kind: 'busy', message: 'the controller has not compared all sources of this application yet, so they can not be pinned' },
    });
  });

  it('are written together with their revisions', () => {
    expect(nextSyncStep(request, several, around)).toMatchObject({
      kind: 'write',
      patch: {
        metadata: { resourceVersion: '7' },
        operation: { sync: { revisions: ['18.6.1', commit, commit] } },
        status: { operationState: null },
      },
    });
  });
});

it('is the commit only for the branch of the environment', () => {
  const other = { ...values, targetRevision: 'values' };
  const platform = { repoURL: 'https://git.example.com/platform.git', path: 'addons', targetRevision: 'v1' };
  const compared = { sync: { status: 'Synced', revisions: ['c'.repeat(40), 'd'.repeat(40), 'e'.repeat(40)] } };
  const mixed = application({ sources: [platform, overlay, other] }, compared);

  expect(askedOf({ ...request, path: 'overlays/dev' }, mixed, commit)['revisions']).toEqual(['c'.repeat(40), commit, 'e'.repeat(40)]);
});

describe('a hydrated application', () => {
  const hydrated = 'f'.repeat(40);
  const spec = { sourceHydrator: { drySource: overlay, syncSource: { targetBranch: 'env/dev', path: 'dev' } } };
  const hydratedFrom = (drySHA: string, current: JsonObject = {}): Application =>
    application(spec, { sourceHydrator: { lastSuccessfulOperation: { drySHA, hydratedSHA: hydrated }, currentOperation: current } });

  it('is asked for what the commit was hydrated to, and for which commit', () => {
    const step = nextSyncStep(request, hydratedFrom(commit), around);

    expect(step).toMatchObject({ kind: 'write', asked: { revision: hydrated } });
    expect(operationOf(request, hydratedFrom(commit), hydrated)['info']).toContainEqual({ name: 'fairlead.dev/commit', value: commit });
  });

  it('is asked for a later commit with the same inputs', () => {
    const later = CommitSha.parse('e'.repeat(40));

    expect(nextSyncStep({ ...request, equals: [later] }, hydratedFrom(later), around)).toMatchObject({ asked: { revision: hydrated } });
  });

  it.each<[string, JsonObject, string]>([
    ['is behind', {}, `the source hydrator has not hydrated ${commit} yet; it is at ${'b'.repeat(40)}`],
    ['failed', { phase: 'Failed', message: 'no kustomization', drySHA: commit }, `hydrating ${commit} failed: no kustomization`],
  ])('waits while the hydrator %s', (_what, current, message) => {
    expect(nextSyncStep(request, hydratedFrom('b'.repeat(40), current), around)).toMatchObject({
      kind: 'answer',
      outcome: { kind: 'busy', message },
    });
  });

  it('is found again by what was written, when the hydrator has gone on', () => {
    const sync = { revision: hydrated, syncStrategy: { hook: {} } };
    const operationState = { phase: 'Succeeded', operation: { sync, info: [{ name: 'fairlead.dev/operation', value: operation }] } };
    const moved = application(spec, {
      operationState,
      sourceHydrator: { lastSuccessfulOperation: { drySHA: 'b'.repeat(40), hydratedSHA: 'c'.repeat(40) } },
    });

    expect(nextSyncStep(request, moved, around)).toEqual({ kind: 'answer', outcome: { kind: 'already-there', asked: sync } });
  });
});

describe('a closed window', () => {
  const night: SyncWindow = {
    kind: 'deny',
    schedule: '0 22 * * *',
    duration: '8h',
    timeZone: 'UTC',
    applications: ['*'],
    namespaces: [],
    clusters: [],
    andOperator: false,
    manualSync: false,
  };

  it('holds back what would wait in the way of everything else, and says until when', () => {
    expect(nextSyncStep(request, application({ source: overlay }), { ...around, windows: [night] })).toMatchObject({
      kind: 'answer',
      outcome: {
        kind: 'busy',
        message: 'the sync windows of its project are closed by deny 0 22 * * * for 8h (UTC); they open at 2026-11-24T06:00:00.000Z',
      },
    });
  });

  it('that lets people pass holds nothing back', () => {
    const windows = [{ ...night, manualSync: true }];

    expect(nextSyncStep(request, application({ source: overlay }), { ...around, windows }).kind).toBe('write');
  });
});

it('does not write on an application that is being deleted', () => {
  const base = application({ source: overlay });
  const going = { ...base, metadata: { ...base.metadata, deletionTimestamp: '2026-11-23T22:00:00Z' } };

  expect(nextSyncStep(request, going, around)).toMatchObject({
    kind: 'answer',
    outcome: { kind: 'busy', message: 'the application is being deleted' },
  });
});

it('takes a phase that is not known for one that goes on', () => {
  const odd = application({ source: overlay }, { operationState: { phase: 'Dreaming', operation: {} } });

  expect(nextSyncStep(request, odd, around)).toMatchObject({ outcome: { kind: 'busy' } });
});

describe('another operation', () => {
  const base = application({ source: overlay });
  const running = (operationState: JsonObject): Application => application({ source: overlay }, { operationState });

  it.each([
    ['written', { ...base, operation: { initiatedBy: { username: 'mallory' } } }, 'an operation by mallory is running'],
    ['running', running({ phase: 'Running', message: 'waiting', operation: {} }), 'an operation by somebody unnamed is running: waiting'],
    ['being terminated', running({ phase: 'Terminating' }), 'an operation by somebody unnamed is running'],
  ])('that is %s keeps ours back', (_what, busy, message) => {
    expect(nextSyncStep(request, busy, around)).toMatchObject({ kind: 'answer', outcome: { kind: 'busy', message } });
  });
});

it("can not be passed off as ours by the request's own info", () => {
  const info = { 'fairlead.dev/operation': 'op-other' };

  expect(operationOf({ ...request, info }, application({ source: overlay }), commit)['info']).toEqual([
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
    expect(nextSyncStep({ ...request, prune: true, mayPrune: [{ ...ref, version: 'v2' }] }, compared, around)).toEqual({
      kind: 'answer',
      outcome: { kind: 'prune-not-planned', objects: [clusterRef] },
    });
  });

  it('is written where the plan names all of it', () => {
    expect(nextSyncStep({ ...request, prune: true, mayPrune: [ref, clusterRef] }, compared, around)).toMatchObject({
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
    const step = nextSyncStep({ ...request, prune: true }, application({ source: overlay }, status), around);

    expect(step.kind === 'answer' && step.outcome.kind === 'busy' && step.outcome.message).toMatch(message);
  });
});
