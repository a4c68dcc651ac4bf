import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { canSync } from './sync-windows.ts';

const subject = { application: 'web-prod', namespace: 'shop', clusters: ['https://kubernetes.default.svc', 'in-cluster'] };
const now = new Date('2026-11-23T15:35:43Z'); // a Monday

function can(windows: readonly JsonObject[], attempt: { readonly manual?: boolean; readonly startedAt?: Date } = {}): boolean {
  return canSync({ spec: { syncWindows: windows } }, subject, { manual: true, now, ...attempt });
}

const always: JsonObject = { kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'] };
const never: JsonObject = { kind: 'allow', schedule: '0 3 * * *', duration: '1h', applications: ['*'] };

describe('canSync', () => {
  it('allows when no window concerns the application', () => {
    expect(can([])).toBe(true);
    expect(can([{ ...always, applications: ['other-*'] }])).toBe(true);
  });

  it('blocks while a denial is active', () => {
    expect(can([always])).toBe(false);
    expect(can([always, { ...never, schedule: '* * * * *' }])).toBe(false);
  });

  it('blocks outside all allowances, and allows inside one', () => {
    expect(can([never])).toBe(false);
    expect(can([never, { ...never, schedule: '30 15 * * 1' }])).toBe(true);
  });

  it('lets a manual sync pass only when every blocking window says so', () => {
    const lenient = { ...always, manualSync: true };

    expect(can([lenient])).toBe(true);
    expect(can([lenient], { manual: false })).toBe(false);
    expect(can([lenient, always])).toBe(false);
  });

  it('lets an operation run over when it was allowed to begin', () => {
    const fromHalfPast = { ...always, schedule: '30 15 * * *', syncOverrun: true };

    expect(can([fromHalfPast], { startedAt: new Date('2026-11-23T15:20:00Z') })).toBe(true);
    expect(can([fromHalfPast], { startedAt: new Date('2026-11-23T15:31:00Z') })).toBe(false);
    expect(can([{ ...fromHalfPast, syncOverrun: false }], { startedAt: new Date('2026-11-23T15:20:00Z') })).toBe(false);
  });

  it('reads the schedule in the time zone of the window', () => {
    const inTokyo = { ...always, schedule: '30 0 * * *', duration: '10m', timeZone: 'Asia/Tokyo' };

    expect(can([inTokyo])).toBe(false);
    expect(can([{ ...inTokyo, timeZone: 'Nowhere/Atlantis' }])).toBe(true);
  });

  it('matches by any of application, namespace and cluster, or by all of them', () => {
    const byCluster = { ...always, applications: ['other'], clusters: ['in-cluster'] };

    expect(can([byCluster])).toBe(false);
    expect(can([{ ...byCluster, andOperator: true }])).toBe(true);
  });

  it.each(['15 15 * * *', '0-59/35 * * * *', '* 14-16 23 nov mon', '@hourly'])('finds %s active', (schedule) => {
    expect(can([{ ...always, schedule }])).toBe(false);
  });

  it.each(['45 15 * * *', '* * 24 * *', '* * * * 2', 'nonsense', '61 * * * *'])('finds %s not active', (schedule) => {
    expect(can([{ ...always, schedule, duration: '30m' }])).toBe(true);
  });
});
