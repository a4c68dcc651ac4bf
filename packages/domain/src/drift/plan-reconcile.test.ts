import { describe, expect, it } from 'vitest';
import { planReconcile, type ToReconcile } from './plan-reconcile.ts';

const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const counted = { spec: { replicas: 2 } };
/** `none`: Git doesn't have it. */
const plan = ({ none, ...change }: Partial<ToReconcile> & { readonly none?: true }) =>
  planReconcile({
    object,
    items: [{ class: 'changed' }],
    ...(none === true ? {} : { desired: counted }),
    managed: true,
    partial: true,
    ...change,
  });

describe('planReconcile', () => {
  it.each<[string, Partial<ToReconcile>, string]>([
    ['applies what was changed', {}, 'apply'],
    ['applies what is gone', { items: [{ class: 'missing' }] }, 'apply'],
    ['replaces what got more than was declared', { items: [{ class: 'changed' }, { class: 'added-field' }] }, 'replace'],
    ['lets go what Git no longer has', { items: [{ class: 'extra' }] }, 'prune'],
    ['takes away by itself what a replacement would not alone', { items: [{ class: 'added-field' }], desired: { spec: {} } }, 'remove'],
    [
      'takes away by itself where an object can not be replaced',
      { object: { ...object, group: 'batch', kind: 'Job' }, items: [{ class: 'added-field' }] },
      'remove',
    ],
    ['takes away by itself where the controller knows no single objects', { items: [{ class: 'added-field' }], partial: false }, 'remove'],
  ])('%s', (_what, change, how) => {
    expect(plan(change)).toEqual({ kind: 'planned', how });
  });

  it.each<[string, Parameters<typeof plan>[0], RegExp]>([
    ['what the controller does not manage', { items: [{ class: 'extra' }], managed: false }, /does not manage/],
    ['what was never delivered', { items: [{ class: 'added-field' }], none: true }, /does not have/],
  ])('refuses to touch %s, and says what a person can do', (_what, change, message) => {
    const refused = plan(change);

    expect(refused.kind === 'refused' && refused.message).toMatch(message);
    expect(refused.kind === 'refused' && refused.fix).toMatch(/kubectl delete deployment\/web -n shop/);
  });
});
