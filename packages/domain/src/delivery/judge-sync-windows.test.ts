import { describe, expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import { delivered, expected, now, operation } from './fixtures/delivered-example.ts';
import { judgeSyncWindows, windowName, windowsOf } from './judge-sync-windows.ts';
import type { SyncWindow, WindowSubject } from './sync-window.ts';

const subject: WindowSubject = { application: 'pc-prod-eu', namespace: 'shop', clusters: ['https://kubernetes.default.svc'] };
const monday = (time: string): Date => new Date(`2026-11-23T${time}Z`);

const nightly: SyncWindow = {
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
const office: SyncWindow = { ...nightly, kind: 'allow', schedule: '0 9 * * 1-5', duration: '8h30m' };

describe('windows', () => {
  it.each<[string, readonly SyncWindow[], string, ReturnType<typeof judgeSyncWindows>]>([
    ['there are none', [], '12:00:00', { kind: 'open' }],
    ['a denial is not active', [nightly], '12:00:00', { kind: 'open', closes: '2026-11-23T22:00:00.000Z' }],
    ['a denial is active', [nightly], '23:00:00', { kind: 'closed', by: [nightly], opens: '2026-11-24T06:00:00.000Z' }],
    ['an allowance is active', [office], '12:00:00', { kind: 'open', closes: '2026-11-23T17:30:00.000Z' }],
    ['the only allowance is not active', [office], '18:00:00', { kind: 'closed', by: [office], opens: '2026-11-24T09:00:00.000Z' }],
    [
      'a denial outranks an allowance',
      [{ ...nightly, schedule: '0 12 * * *', duration: '1h' }, office],
      '12:30:00',
      { kind: 'closed', by: [{ ...nightly, schedule: '0 12 * * *', duration: '1h' }], opens: '2026-11-23T13:00:00.000Z' },
    ],
    [
      'one of two allowances is active',
      [office, { ...office, schedule: '0 18 * * *', duration: '1h' }],
      '18:30:00',
      { kind: 'open', closes: '2026-11-23T19:00:00.000Z' },
    ],
    ['people may pass', [{ ...nightly, manualSync: true }], '23:00:00', { kind: 'open' }],
    ['the schedule can not be read', [{ ...nightly, schedule: 'at night' }], '23:00:00', { kind: 'open' }],
    ['the duration can not be read', [{ ...nightly, duration: 'long' }], '23:00:00', { kind: 'open' }],
    [
      'it is in another zone',
      [{ ...nightly, timeZone: 'Europe/Berlin' }],
      '21:30:00',
      { kind: 'closed', by: [{ ...nightly, timeZone: 'Europe/Berlin' }], opens: '2026-11-24T05:00:00.000Z' },
    ],
    [
      'the zone is not known',
      [{ ...nightly, timeZone: 'Europe/Nowhere' }],
      '21:30:00',
      { kind: 'open', closes: '2026-11-23T22:00:00.000Z' },
    ],
  ])('where %s', (...[, windows, time, verdict]) => {
    expect(judgeSyncWindows(windows, subject, monday(time))).toEqual(verdict);
  });

  it('open on the next working day after a weekend', () => {
    expect(judgeSyncWindows([office], subject, new Date('2026-11-27T20:00:00Z'))).toMatchObject({ opens: '2026-11-30T09:00:00.000Z' });
  });

  it('that one after the other deny without a gap open after the last', () => {
    const evening = { ...nightly, schedule: '0 18 * * *', duration: '4h' };

    expect(judgeSyncWindows([evening, nightly], subject, monday('20:00:00'))).toMatchObject({ opens: '2026-11-24T06:00:00.000Z' });
  });

  it('that never end do not say when', () => {
    const always = { ...nightly, schedule: '* * * * *', duration: '1h' };

    expect(judgeSyncWindows([always], subject, monday('12:00:00'))).toEqual({ kind: 'closed', by: [always] });
  });
});

describe('a window concerns', () => {
  it.each<[string, Partial<SyncWindow>, boolean]>([
    ['an application by a glob', { applications: ['pc-*'] }, true],
    ['another application', { applications: ['other'] }, false],
    ['a namespace', { applications: ['other'], namespaces: ['shop'] }, true],
    ['a cluster', { applications: [], clusters: ['https://kubernetes.default.svc'] }, true],
    ['nothing', { applications: [] }, false],
    ['what all of its lists match', { andOperator: true, namespaces: ['shop'] }, true],
    ['not what only one of them matches', { andOperator: true, namespaces: ['other'] }, false],
  ])('%s', (_what, change, concerned) => {
    expect(windowsOf([{ ...nightly, ...change }], subject)).toHaveLength(concerned ? 1 : 0);
  });
});

it('is named by what people wrote', () => {
  expect(windowName({ ...nightly, description: 'nights' })).toBe('deny 0 22 * * * for 8h (UTC): nights');
});

it('tells a waiting operation when it opens', () => {
  const project = { name: 'prod', windows: [{ ...nightly, schedule: '0 15 * * *', duration: '1h' }] };
  const waiting = { ...operation, phase: 'Running' as const, message: 'Sync operation blocked by sync window' };
  const verdict = assessDelivery(expected, { ...delivered, operationPending: true, operation: waiting, project }, now);

  expect(verdict.kind).toBe('blocked');
  expect(verdict.reason).toMatch(/blocked by sync window; it opens at 2026-11-23T16:00:00.000Z$/);
});
