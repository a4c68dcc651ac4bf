import type { JsonObject, ObservedArgoCd } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { observeApplication } from './observe-application.ts';
import { Application, RawApplication } from './schema.ts';

const target = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'web' } as const;
const metadata = { name: 'web', namespace: 'argocd', uid: 'u', resourceVersion: '7' };
const source = { repoURL: 'https://robot:secret@git.example.com/env.git', path: 'overlays/dev', targetRevision: 'main' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };

function observe({
  spec = {},
  metadata: named = {},
  ...rest
}: {
  readonly spec?: JsonObject;
  readonly metadata?: JsonObject;
  readonly status?: JsonObject;
  readonly operation?: JsonObject;
}): ObservedArgoCd {
  const object = { metadata: { ...metadata, ...named }, spec: { source, destination, ...spec }, ...rest };
  const { status } = RawApplication.parse(object);
  return observeApplication({ target, observedAt: '2026-11-23T15:30:00Z', application: Application.parse(object), status });
}

it('says of an object without a status that nothing is known', () => {
  expect(observe({})).toMatchObject({
    operationPending: false,
    sync: { status: 'Unknown', revisions: [] },
    comparedToSpec: false,
    health: { status: '' },
    conditions: [],
    resources: [],
    automatedSync: false,
  });
  expect(observe({})).not.toHaveProperty('operation');
  expect(observe({})).not.toHaveProperty('reconciledAt');
});

it.each<[string, { readonly options: JsonObject; readonly type: string }, readonly string[] | undefined]>([
  ['nothing beside the commit', { options: {}, type: 'Kustomize' }, undefined],
  ['nothing beside the commit by what is empty', { options: { kustomize: {} }, type: '' }, undefined],
  ['options of its own', { options: { kustomize: { images: ['api:2'] } }, type: 'Kustomize' }, ['spec.source.kustomize']],
  ['a plugin', { options: { plugin: { name: 'avp' } }, type: 'Plugin' }, ['spec.source.plugin', 'source type Plugin']],
])('renders by %s', (_what, { options, type }, expected) => {
  expect(observe({ spec: { source: { ...source, ...options } }, status: { sourceType: type } }).rendersBy).toEqual(expected);
});

it('keeps no credential of a repository or a message', () => {
  const status = {
    conditions: [{ type: 'ComparisonError', message: 'failed to fetch https://robot:secret@git.example.com/env.git' }],
    operationState: {
      phase: 'Error',
      message: 'token=secret',
      syncResult: { resources: [{ kind: 'Job', name: 'x', message: 'password: secret' }] },
    },
    health: { status: 'Degraded', message: 'Bearer secret-secret' },
  };

  expect(JSON.stringify(observe({ status }))).not.toContain('secret');
});

const hydrated: JsonObject = { source: null, sourceHydrator: { drySource: source, syncSource: { targetBranch: 'env/dev', path: 'dev' } } };

describe('what the status was compared with', () => {
  const compared = (comparedTo: JsonObject, spec: JsonObject = {}): boolean =>
    observe({ spec, status: { sync: { comparedTo } } }).comparedToSpec;

  it.each([
    ['the same', { source, destination }, {}],
    ['the same, spelt out', { source: { ...source, chart: '', helm: { skipCrds: false } }, destination, ignoreDifferences: [] }, {}],
    ['the same, left out', { source, destination }, { source: { ...source, ref: '' }, ignoreDifferences: null }],
    ['the same of several', { sources: [source, source], destination }, { sources: [source, source] }],
    ['the same rule', { source, destination, ignoreDifferences: [{ kind: 'Secret' }] }, { ignoreDifferences: [{ kind: 'Secret' }] }],
    ['the hydrated branch', { source: { repoURL: source.repoURL, path: 'dev', targetRevision: 'env/dev' }, destination }, hydrated],
  ])('is %s', (_what, comparedTo, spec) => {
    expect(compared(comparedTo, spec)).toBe(true);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['nothing', {}, {}],
    ['another path', { source: { ...source, path: 'overlays/prod' }, destination }, {}],
    ['another cluster', { source, destination: { ...destination, server: 'https://elsewhere' } }, {}],
    ['no rule, where there is one now', { source, destination }, { ignoreDifferences: [{ kind: 'Secret' }] }],
    ['one source, where there are several now', { source, destination }, { sources: [source, source] }],
    ['several in another order', { sources: [destination, source], destination }, { sources: [source, destination] }],
    ['the branch that is hydrated from', { source, destination }, hydrated],
    ['a branch, where a hydrator says none', { source, destination }, { source: null, sourceHydrator: { drySource: source } }],
  ])('is %s', (_what, comparedTo, spec) => {
    expect(compared(comparedTo, spec)).toBe(false);
  });
});

it.each([
  [undefined, false],
  [null, false],
  [{}, true],
  [{ prune: true, enabled: null }, true],
  [{ enabled: true }, true],
  [{ enabled: false }, false],
])('takes automated: %j for automatic: %j', (automated, automatic) => {
  expect(observe({ spec: { syncPolicy: automated === undefined ? {} : { automated } } }).automatedSync).toBe(automatic);
});

it.each([
  ['written', { operation: {} }, true],
  ['running', { status: { operationState: { phase: 'Running' } } }, true],
  ['ended', { status: { operationState: { phase: 'Failed' } } }, false],
])('calls an operation that is %s pending: %j', (_what, object, pending) => {
  expect(observe(object).operationPending).toBe(pending);
});

it('has a revision for each of several sources', () => {
  const status = {
    sync: { revision: 'x', revisions: ['a', '1.2.3'] },
    operationState: { phase: 'Succeeded', syncResult: { revisions: ['a', '1.2.3'] } },
  };

  expect(observe({ status }).sync.revisions).toEqual(['a', '1.2.3']);
  expect(observe({ status }).operation?.revisions).toEqual(['a', '1.2.3']);
});

it('digests the status as it came, with what we do not read', () => {
  expect(observe({ status: { observedAt: '1' } }).raw).not.toBe(observe({ status: { observedAt: '2' } }).raw);
});

it('survives null entries and strange shapes that say nothing', () => {
  const status = {
    sync: null,
    health: null,
    conditions: null,
    resources: null,
    operationState: {
      phase: 'Succeeded',
      operation: { info: [null, { name: 'a', value: 'b' }], initiatedBy: null, sync: null },
      syncResult: null,
    },
  };

  expect(observe({ status }).operation).toEqual({
    phase: 'Succeeded',
    message: '',
    retryCount: 0,
    info: { a: 'b' },
    asked: { syncStrategy: { hook: {} } },
    revisions: [],
    resources: [],
  });
});

describe('what an application is', () => {
  it('is known of each of several sources, without credentials', () => {
    const chart = { repoURL: 'https://charts.example.com', chart: 'redis', targetRevision: '18.6.1' };
    const values = { ...source, path: '', ref: 'values' };
    const seen = observe({ spec: { sources: [chart, values, source] } });

    expect(seen.sources?.map(({ repository, path, chart: of, ref }) => [repository, path, of, ref])).toEqual([
      ['https://charts.example.com', '', 'redis', undefined],
      ['https://[redacted]@git.example.com/env.git', '', undefined, 'values'],
      ['https://[redacted]@git.example.com/env.git', 'overlays/dev', undefined, undefined],
    ]);
    expect(seen.source.path).toBe('overlays/dev');
  });

  it('is known of a hydrator: what it reads, where it writes and what it made', () => {
    const spec = {
      ...hydrated,
      sourceHydrator: {
        drySource: source,
        syncSource: { targetBranch: 'env/dev', path: 'dev' },
        hydrateTo: { targetBranch: 'env/dev-next' },
      },
    };
    const currentOperation = { phase: 'Failed', message: 'token=secret', drySHA: 'b' };
    const status = { sourceHydrator: { currentOperation, lastSuccessfulOperation: { drySHA: 'a', hydratedSHA: 'h' } } };
    const seen = observe({ spec, status });

    expect(seen.source).toMatchObject({ path: 'overlays/dev', targetRevision: 'main' });
    expect(seen.hydration).toEqual({
      writesTo: 'env/dev-next',
      phase: 'Failed',
      message: 'token=[redacted]',
      at: 'b',
      done: [{ dry: 'a', hydrated: 'h' }],
    });
  });

  it.each<[string, JsonObject, Partial<ObservedArgoCd>]>([
    ['left alone', { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }, { skipsReconcile: true }],
    ['deleted', { deletionTimestamp: '2026-11-23T15:20:00Z' }, { deletion: { since: '2026-11-23T15:20:00Z', cascades: false } }],
    [
      'deleted with all that it delivered',
      { deletionTimestamp: '2026-11-23T15:20:00Z', finalizers: ['resources-finalizer.argocd.argoproj.io/background'] },
      { deletion: { since: '2026-11-23T15:20:00Z', cascades: true } },
    ],
    [
      'made by another application',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'apps:argoproj.io/Application:argocd/web' } },
      { madeBy: 'Application apps' },
    ],
    ['made by a set', { ownerReferences: [{ kind: 'ApplicationSet', name: 'all', uid: 'u' }] }, { madeBy: 'ApplicationSet all' }],
    [
      'written by an image updater',
      { annotations: { 'argocd-image-updater.argoproj.io/image-list': 'api=x', other: 'y' } },
      { imageUpdater: ['argocd-image-updater.argoproj.io/image-list'] },
    ],
  ])('is known where it is %s', (_what, named, expected) => {
    expect(observe({ metadata: named })).toMatchObject(expected);
  });

  it('is a phase that is not known, in its own words', () => {
    const seen = observe({ status: { operationState: { phase: 'Dreaming' } } });

    expect(seen.operation).toMatchObject({ phase: 'Unknown', phaseSaid: 'Dreaming' });
    expect(seen.operationPending).toBe(true);
  });

  it('is known of objects that wait for somebody to confirm their deletion', () => {
    const resources = [{ kind: 'ConfigMap', name: 'old', requiresPruning: true, requiresDeletionConfirmation: true }];

    expect(observe({ status: { resources } }).resources[0]).toMatchObject({ requiresPruning: true, awaitsConfirmation: true });
  });
});
