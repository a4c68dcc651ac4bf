import { describe, expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedOperation } from './observed-argocd.ts';
import { commit, delivered, expected, now, operation, without } from './fixtures/delivered-example.ts';

function seen(change: Partial<ObservedArgoCd>, ofOperation: Partial<ObservedOperation> = {}): ObservedArgoCd {
  return { ...delivered, operation: { ...operation, ...ofOperation }, ...change };
}

function synced(ofOperation: Partial<ObservedOperation>): ObservedArgoCd {
  return seen({}, ofOperation);
}

describe('since', () => {
  it.each([
    ['delivery began with health, where that came last', delivered, '2026-11-23T15:29:27Z'],
    [
      'delivery began with the end of the sync, where health was there before',
      seen({ health: { status: 'Healthy', since: '2026-11-23T15:00:00Z' } }),
      '2026-11-23T15:29:26Z',
    ],
    ['delivery began with the end of the sync, where health has no time', seen({ health: { status: 'Healthy' } }), '2026-11-23T15:29:26Z'],
    ['a failure began with the end of the operation', synced({ phase: 'Failed' }), '2026-11-23T15:29:26Z'],
    ['a run began with its start', synced({ phase: 'Running' }), '2026-11-23T15:29:25Z'],
    ['drift has no beginning that the controller tells', seen({ sync: { status: 'OutOfSync', revisions: [commit] } }), undefined],
  ])('%s', (_what, observation, at) => {
    expect(assessDelivery(expected, observation, now).since).toBe(at);
  });
});

it('asks for another look exactly where that helps', () => {
  const helps = [seen({ reconciledAt: '2026-11-23T15:29:24Z' }), seen({ comparedToSpec: false }), without(delivered, 'reconciledAt')];
  const doesNot = [delivered, synced({ phase: 'Failed' }), synced({ phase: 'Running' })];

  expect(helps.map((of) => assessDelivery(expected, of, now).refresh)).toEqual([true, true, true]);
  expect(doesNot.map((of) => assessDelivery(expected, of, now).refresh)).toEqual([undefined, undefined, undefined]);
});

it('does not ask again while an earlier request is unanswered', () => {
  const waiting = seen({ reconciledAt: '2026-11-23T15:29:24Z', refreshPending: true });

  expect(assessDelivery(expected, waiting, now)).toEqual({
    ...assessDelivery(expected, seen({ reconciledAt: '2026-11-23T15:29:24Z' }), now),
    refresh: undefined,
  });
});
