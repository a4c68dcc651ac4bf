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
  ...rest
}: {
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly operation?: JsonObject;
}): ObservedArgoCd {
  const object = { metadata, spec: { source, destination, ...spec }, ...rest };
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

describe('what the status was compared with', () => {
  const compared = (comparedTo: JsonObject, spec: JsonObject = {}): boolean =>
    observe({ spec, status: { sync: { comparedTo } } }).comparedToSpec;

  it.each([
    ['the same', { source, destination }, {}],
    ['the same, spelt out', { source: { ...source, chart: '', helm: { skipCrds: false } }, destination, ignoreDifferences: [] }, {}],
    ['the same, left out', { source, destination }, { source: { ...source, ref: '' }, ignoreDifferences: null }],
    ['the same of several', { sources: [source, source], destination }, { sources: [source, source] }],
    ['the same rule', { source, destination, ignoreDifferences: [{ kind: 'Secret' }] }, { ignoreDifferences: [{ kind: 'Secret' }] }],
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
    ['the hydrated branch', { source, destination }, { source: null, sourceHydrator: { drySource: source } }],
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
