import { digestOf, type ObservedArgoCd } from '@fairlead/domain';
import { expect, it } from 'vitest';
import { replacedOperation } from './replaced-operation.ts';

const target = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'web' } as const;
const raw = digestOf({ sync: 'x' });

const seen: ObservedArgoCd = {
  kind: 'observed',
  controller: 'argocd',
  target,
  uid: 'u',
  observedAt: '2026-11-23T15:30:00Z',
  raw,
  operationPending: false,
  operation: {
    phase: 'Succeeded',
    message: 'done',
    finishedAt: '2026-11-23T15:29:26Z',
    retryCount: 0,
    info: {},
    initiatedBy: { username: 'mallory', automated: false },
    asked: { revision: 'a' },
    revisions: ['a'],
    resources: [{ ref: { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web' }, status: 'Synced', message: 'ok' }],
  },
  sync: { status: 'Synced', revisions: ['a'] },
  comparedToSpec: true,
  health: { status: 'Healthy' },
  conditions: [],
  resources: [],
  source: { repository: '', path: '', targetRevision: '' },
  destination: { namespace: 'shop' },
  automatedSync: false,
  vendor: {},
};

it('keeps who did what, to which objects and with what result', () => {
  expect(replacedOperation(seen)).toEqual({
    operation: null,
    by: 'mallory',
    automated: false,
    phase: 'Succeeded',
    message: 'done',
    startedAt: null,
    finishedAt: '2026-11-23T15:29:26Z',
    asked: { revision: 'a' },
    revisions: ['a'],
    results: [{ object: '/Service/shop/web', status: 'Synced', message: 'ok', hook: null }],
    raw,
  });
});

it('is nothing where there was none', () => {
  const { operation: _, ...without } = seen;

  expect(replacedOperation(without)).toBeNull();
  expect(replacedOperation({ kind: 'absent', target, observedAt: '' })).toBeNull();
});
