import { describe, expect, it } from 'vitest';
import { planReconcile, type ToReconcile } from './plan-reconcile.ts';

const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const counted = { spec: { replicas: 2 } };
const plan = (change: Partial<ToReconcile>) =>
  planReconcile({ object, items: [{ class: 'changed' }], desired: counted, managed: true, ...change });

describe('planReconcile', () => {
  it.each<[string, Partial<ToReconcile>, string]>([
    ['applies what was changed', {}, 'apply'],
    ['applies what is gone', { items: [{ class: 'missing' }] }, 'apply'],
    ['replaces what got more than was declared', { items: [{ class: 'changed' }, { class: 'added-field' }] }, 'replace'],
    ['lets go what Git no longer has', { items: [{ class: 'extra' }] }, 'prune'],
  ])('%s', (_what, change, how) => {
    expect(plan(change)).toEqual({ kind: 'planned', how });
  });

  it.each<[string, Partial<ToReconcile>, RegExp]>([
    ['delete what the controller does not manage', { items: [{ class: 'extra' }], managed: false }, /does not manage/],
    ['replace what somebody else counts', { items: [{ class: 'added-field' }], desired: { spec: {} } }, /says no replicas/],
    [
      'replace what can not be',
      { object: { ...object, group: 'batch', kind: 'Job' }, items: [{ class: 'added-field' }] },
      /can't be replaced in place/,
    ],
  ])('refuses to %s, and says what a person can do', (_what, change, message) => {
    const refused = plan(change);

    expect(refused.kind === 'refused' && refused.message).toMatch(message);
    expect(refused.kind === 'refused' && refused.fix).toMatch(/kubectl (edit|delete) \w+\/web -n shop/);
  });
});
