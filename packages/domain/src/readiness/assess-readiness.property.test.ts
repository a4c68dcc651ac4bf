import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../evidence/digest.ts';
import type { JsonObject } from '../document/json.ts';
import type { EvidenceType } from '../evidence/evidence-type.ts';
import { assessReadiness } from './assess-readiness.ts';
import type { ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const release = digestOf('release');
const revision = 'a'.repeat(40);

const expected: ReadinessExpectation = {
  release,
  revision,
  targets: ['eu', 'us'],
  requiredPhases: ['routes'],
  approvals: 1,
  liveObservationMaxAgeMs: 60_000,
  driftRevokeFrom: 'config',
};

function record(type: EvidenceType, body: JsonObject, more: Partial<ReadinessRecord> = {}): ReadinessRecord {
  return { digest: digestOf({ type, body }), type, at: '2026-01-01T11:59:30.000Z', release, revision, body, ...more };
}

const sync = (target: string, kind = 'delivered'): ReadinessRecord =>
  record('sync-observation', { target, verdict: { kind, reason: `is ${kind}` } });

const observed = (target: string): ReadinessRecord => record('live-observation', { target, complete: true, gaps: [], drift: [] });

const all: readonly ReadinessRecord[] = [
  record('release-manifest', { pinned: true, components: ['api=x'] }),
  record('gate', { gate: 'approval', verdict: 'met', by: ['local:ada'] }),
  record('desired-state', { stage: 'merged', approved: digestOf('after'), rendered: digestOf('after') }),
  sync('eu'),
  sync('us'),
  record('validation', {
    phase: 'routes',
    verdict: 'passed',
    validUntil: '2026-01-02T00:00:00.000Z',
    checks: [{ name: 'api', kind: 'http', verdict: 'passed', observed: '200' }],
  }),
  record('live-digests', { verdict: 'passed', problems: [] }),
  observed('eu'),
  observed('us'),
];

describe('assessReadiness', () => {
  it('is ready when every check has its evidence, and cites all of it', () => {
    const verdict = assessReadiness(expected, all, now);

    expect(verdict.kind).toBe('ready');
    expect(new Set(verdict.inputs)).toEqual(new Set(all.map(({ digest }) => digest)));
  });

  it('is never ready without any one of the records', () => {
    for (const left of all) {
      const verdict = assessReadiness(
        expected,
        all.filter((one) => one !== left),
        now,
      );

      expect(verdict.kind, left.type).toBe('unknown');
    }
  });

  it('is never ready on a part of the evidence, in any order of unrelated records', () => {
    fc.assert(
      fc.property(fc.subarray([...all]), (some) => {
        const verdict = assessReadiness(expected, some, now);

        expect(verdict.kind === 'ready').toBe(some.length === all.length);
      }),
    );
  });

  it('does not count evidence of another revision or release', () => {
    for (const wrong of [{ revision: 'b'.repeat(40) }, { release: digestOf('another') }]) {
      const moved = all.map((one) => (one.type === 'release-manifest' || one.type === 'gate' ? one : { ...one, ...wrong }));

      expect(assessReadiness(expected, moved, now).kind).toBe('unknown');
    }
  });

  it.each<[string, ReadinessRecord, string]>([
    ['a target that slipped', sync('us', 'degraded'), 'delivery-degraded'],
    [
      'a phase that failed',
      record('validation', { phase: 'routes', verdict: 'failed', validUntil: '2026-01-02T00:00:00.000Z', checks: [] }),
      'validation-failed',
    ],
    ['another image running', record('live-digests', { verdict: 'failed', problems: ['api runs sha256:x'] }), 'live-digests-differ'],
    [
      'a merge that renders differently',
      record('desired-state', { stage: 'merged', approved: digestOf('a'), rendered: digestOf('b') }),
      'desired-state-differs',
    ],
    ['approvals that were short', record('gate', { gate: 'approval', verdict: 'short', by: [] }), 'approvals-short'],
  ])('is blocked by %s, the newest record', (_what, newest, code) => {
    const verdict = assessReadiness(expected, [...all, newest], now);

    expect(verdict.kind).toBe('blocked');
    expect(verdict.kind === 'blocked' && verdict.blockers.map((blocker) => blocker.code)).toContain(code);
  });

  it('says which route is down', () => {
    const checks = [{ name: 'api', kind: 'http', verdict: 'failed', observed: '503 instead of 200' }];
    const verdict = assessReadiness(
      expected,
      [...all, record('validation', { phase: 'routes', verdict: 'failed', validUntil: '2026-01-02T00:00:00.000Z', checks })],
      now,
    );

    expect(verdict.kind === 'blocked' && verdict.blockers.find(({ gate }) => gate === 'route-health')?.message).toBe(
      'api: 503 instead of 200',
    );
  });

  it.each([
    [
      'an old look at the cluster',
      { ...record('live-digests', { verdict: 'passed', problems: [] }), at: '2026-01-01T11:58:00.000Z' },
      'live-digests-stale',
    ],
    [
      'a result that is no longer valid',
      record('validation', { phase: 'routes', verdict: 'passed', validUntil: '2026-01-01T11:00:00.000Z', checks: [] }),
      'validation-expired',
    ],
  ])('is unknown with %s', (_what, newest, code) => {
    const others = all.filter(({ type }) => type !== newest.type);
    const verdict = assessReadiness(expected, [...others, newest], now);

    expect(verdict.kind).toBe('unknown');
    expect(verdict.kind === 'unknown' && verdict.blockers.map((blocker) => blocker.code)).toEqual([code]);
  });

  it('takes a record of an unexpected shape for none', () => {
    const others = all.filter(({ type }) => type !== 'live-digests');

    expect(assessReadiness(expected, [...others, record('live-digests', { verdict: 'fine' })], now).kind).toBe('unknown');
  });

  it('needs no approvals where the tier asks for none', () => {
    const others = all.filter(({ type }) => type !== 'gate');

    expect(assessReadiness({ ...expected, approvals: 0 }, others, now).kind).toBe('ready');
  });
});
