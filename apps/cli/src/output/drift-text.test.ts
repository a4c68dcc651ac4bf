import { apiVersion, DriftReport, type Json } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { driftText } from './drift-text.ts';

const at = '2026-11-23T16:00:00Z';

const missing = (name: string) => ({
  class: 'missing',
  path: '',
  object: { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name },
});
const changed = (name: string) => ({
  ...missing(name),
  class: 'changed',
  path: '/spec/type',
  desired: 'ClusterIP',
  live: 'NodePort',
});

function report(objects: number, items: readonly Readonly<Record<string, Json>>[], ignored = 0): DriftReport {
  return DriftReport.parse({
    apiVersion,
    kind: 'DriftReport',
    environment: 'shop/dev',
    target: 'web',
    desired: { commit: 'working-tree', digest: `sha256:${'a'.repeat(64)}` },
    observedAt: at,
    coverage: { namespaces: ['shop'], kinds: [], gaps: [] },
    summary: { objects, image: 0, security: 0, config: items.length - ignored, replicas: 0, metadata: 0, ignored, excused: 0 },
    items: items.map((item, index) => ({
      id: `d-${String(index).padStart(32, '0')}`,
      severity: 'config',
      by: {},
      target: 'web',
      firstSeen: at,
      lastSeen: at,
      ...item,
    })),
  });
}

const textOf = (...given: Parameters<typeof report>): string => driftText(report(...given), false).replaceAll(/ +\n/g, '\n');

describe('driftText', () => {
  it('counts one as one', () => {
    expect(textOf(1, [changed('web')])).toBe(`shop/dev  web  1 difference in 1 object
  Service shop/web
    config    changed      /spec/type: ClusterIP → NodePort
`);
    expect(textOf(2, [])).toBe('shop/dev  web  no drift in 2 objects\n');
  });

  it('says on one line what is about a whole object, unless more is said about it', () => {
    const extra = { ...missing('web'), class: 'extra' };

    expect(textOf(2, [extra])).toContain('\n  Service shop/web  config    extra\n');
    expect(textOf(2, [extra, changed('web')])).toContain('\n  Service shop/web\n    config    extra\n    config    changed ');
  });

  it('asks whether this is the cluster when nothing of it is there', () => {
    const hint = 'hint: nothing of it is there: is this the right cluster and context?';

    expect(textOf(2, [missing('web'), missing('api')])).toContain(hint);
    expect(textOf(3, [missing('web'), missing('api')])).not.toContain(hint);
    expect(textOf(2, [changed('web'), missing('api')])).not.toContain(hint);
    expect(textOf(1, [missing('web')])).not.toContain(hint);
  });

  it('tells what rules ignore from what the API server refutes', () => {
    const byRule = { ...changed('web'), ignoredBy: 'labels' };
    const refuted = { ...changed('api'), ignoredBy: 'server-side dry run', confirmation: { verdict: 'refuted' } };

    expect(textOf(2, [byRule, refuted], 2)).toBe('shop/dev  web  no drift in 2 objects, 1 ignored by rules, 1 refuted by the API server\n');
  });
});
