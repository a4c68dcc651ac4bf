import { describe, expect, it } from 'vitest';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { compareBaseline } from './compare-baseline.ts';
import { driftId } from './drift-id.ts';
import type { DriftFinding, DriftItem } from './drift-item.ts';
import { revokes } from './drift-severity.ts';
import { driftSummary } from './drift-summary.ts';
import { trackDrift, type DriftLook } from './track-drift.ts';

const object = objectRefOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } });

function finding(path: string, rest: Partial<DriftFinding> = {}): DriftFinding {
  const id = driftId({ environment: 'shop/dev', target: 't', object, path, class: 'changed' });
  return {
    id,
    class: 'changed',
    severity: 'config',
    object,
    path,
    live: 'b',
    by: { manager: 'kubectl', changedAt: '2026-11-23T15:00:00Z', changedAtIs: 'entry' },
    ...rest,
  };
}

function look(at: string, findings: readonly DriftFinding[], rest: Partial<DriftLook> = {}): DriftLook {
  return { target: 't', findings, looked: () => true, at, ...rest };
}

function opened(...findings: readonly DriftFinding[]): readonly DriftItem[] {
  return trackDrift([], look('T1', findings)).opened;
}

describe('the history of drift', () => {
  it('opens what is new, keeps what stays and resolves what is gone', () => {
    const before = opened(finding('/a'), finding('/b'));

    const { opened: fresh, kept, resolved, changed } = trackDrift(before, look('T2', [finding('/b'), finding('/c')]));

    expect(fresh.map(({ path, firstSeen }) => [path, firstSeen])).toEqual([['/c', 'T2']]);
    expect(kept.map(({ path, firstSeen, lastSeen }) => [path, firstSeen, lastSeen])).toEqual([['/b', 'T1', 'T2']]);
    expect(resolved.map(({ path, resolvedAt, lastSeen }) => [path, resolvedAt, lastSeen])).toEqual([['/a', 'T2', 'T1']]);
    expect(changed).toEqual([]);
  });

  it('leaves open what could not be looked at, and what is another target’s', () => {
    const [one] = opened(finding('/a'));
    const other = trackDrift([], look('T1', [finding('/b')], { target: 'other' })).opened;

    const { kept, resolved } = trackDrift([...(one === undefined ? [] : [one]), ...other], look('T2', [], { looked: () => false }));

    expect(resolved).toEqual([]);
    expect(kept.map(({ path, lastSeen }) => [path, lastSeen])).toEqual([
      ['/a', 'T1'],
      ['/b', 'T1'],
    ]);
  });

  it('opens again what comes back, under the same id', () => {
    const before = opened(finding('/a'));
    const { resolved } = trackDrift(before, look('T2', []));

    const again = trackDrift(resolved, look('T3', [finding('/a')])).opened;

    expect(again.map(({ id, firstSeen }) => [id, firstSeen])).toEqual([[before[0]?.id, 'T3']]);
  });

  it('tells another value or another writer from another look', () => {
    const before = opened(finding('/a'));

    const touched = [
      finding('/a', { live: 'c' }),
      finding('/a', { by: { manager: 'helm' } }),
      finding('/a', { ignoredBy: 'rule' }),
      finding('/a'),
    ];

    expect(touched.map((now) => trackDrift(before, look('T2', [now])).changed.length)).toEqual([1, 1, 1, 0]);
  });

  it('keeps the earliest time of the same value by the same writer', () => {
    const before = opened(finding('/a'));
    const later = { manager: 'kubectl', changedAt: '2026-11-23T16:00:00Z', changedAtIs: 'entry' } as const;

    const at = (now: DriftFinding) => trackDrift(before, look('T2', [now])).kept[0]?.by.changedAt;

    expect(at(finding('/a', { by: later }))).toBe('2026-11-23T15:00:00Z');
    expect(at(finding('/a', { by: later, live: 'c' }))).toBe('2026-11-23T16:00:00Z');
  });

  it('keeps what excuses an item', () => {
    const excused = { exception: 'x-1', until: '2026-12-01T00:00:00Z' };
    const before = opened(finding('/a')).map((item) => ({ ...item, excused }));

    expect(trackDrift(before, look('T2', [finding('/a')])).kept[0]?.excused).toEqual(excused);
  });
});

describe('an id', () => {
  const identity = { environment: 'shop/dev', target: 't', object, path: '/a', class: 'changed' } as const;

  it('is the same for another version of the kind, and for half a letter', () => {
    expect(driftId({ ...identity, object: { ...object, group: 'apps' } })).toBe(driftId(identity));
    expect(driftId({ ...identity, path: '/\ud800' })).toMatch(/^d-[0-9a-f]{32}$/);
  });

  it('is another for each part of the identity', () => {
    const others = [
      { ...identity, environment: 'shop/prod' },
      { ...identity, target: 'u' },
      { ...identity, object: { ...object, name: 'api' } },
      { ...identity, path: '/b' },
      { ...identity, class: 'added-field' as const },
    ];

    expect(new Set([identity, ...others].map(driftId)).size).toBe(6);
  });
});

describe('readiness', () => {
  const excused = { exception: 'x', until: '' };

  it.each([
    [{ severity: 'image' }, true],
    [{ severity: 'config' }, true],
    [{ severity: 'replicas' }, false],
    [{ severity: 'metadata' }, false],
    [{ severity: 'image', ignoredBy: 'r' }, false],
    [{ severity: 'image', excused }, false],
    [{ severity: 'image', resolvedAt: 'T' }, false],
  ] as const)('is revoked by %j from config up: %s', (item, revoked) => {
    expect(revokes(item, 'config')).toBe(revoked);
  });

  it('counts what is ignored and excused apart', () => {
    const items = [
      { severity: 'image' },
      { severity: 'config', ignoredBy: 'r' },
      { severity: 'config', excused },
      { severity: 'config', resolvedAt: 'T' },
    ] as const;

    expect(driftSummary(items, 7)).toEqual({
      objects: 7,
      image: 1,
      security: 0,
      config: 0,
      replicas: 0,
      metadata: 0,
      ignored: 1,
      excused: 1,
    });
  });
});

describe('a baseline', () => {
  const ours = opened(finding('/spec/replicas'), finding('/spec/template/spec/containers/[name=web]/image'));

  it.each([
    ['the same', [{ object, path: '/spec/replicas' }], true, ['/spec/template/spec/containers/[name=web]/image']],
    ['less exact', [{ object, path: '/spec/template' }], true, ['/spec/replicas']],
    ['of the object alone', [{ object }], true, []],
    [
      'of a path that we do not see',
      [{ object, path: '/spec/rep' }],
      false,
      ['/spec/replicas', '/spec/template/spec/containers/[name=web]/image'],
    ],
    [
      'of another object',
      [{ object: { ...object, name: 'api' } }],
      false,
      ['/spec/replicas', '/spec/template/spec/containers/[name=web]/image'],
    ],
  ])('that is %s', (_what, baseline, ...[agrees, onlyOurs]) => {
    const compared = compareBaseline(ours, baseline);

    expect(compared.agrees).toBe(agrees);
    expect(compared.missing).toEqual(agrees ? [] : baseline);
    expect(compared.onlyOurs.map(({ path }) => path)).toEqual(onlyOurs);
  });
});
