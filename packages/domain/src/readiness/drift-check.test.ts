import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { digestOf } from '../evidence/digest.ts';
import type { EvidenceType } from '../evidence/evidence-type.ts';
import { foldReadiness } from './assess-readiness.ts';
import { judgeDrift } from './drift-check.ts';
import type { ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';
import { readinessChecks } from './readiness-verdict.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const release = digestOf('release');
const revision = 'a'.repeat(40);
const expected: ReadinessExpectation = {
  release,
  revision,
  targets: ['eu'],
  requiredPhases: [],
  approvals: 0,
  liveObservationMaxAgeMs: 60_000,
  driftRevokeFrom: 'config',
};

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const sidecar = {
  id: 'd-1',
  class: 'added-field',
  severity: 'security',
  object: deployment,
  path: '/spec/template/spec/containers/[name=debug]',
};

function record(type: EvidenceType, body: JsonObject, more: Partial<ReadinessRecord> = {}): ReadinessRecord {
  return { digest: digestOf({ type, body, more: more.at ?? '' }), type, at: '2026-01-01T11:59:30.000Z', release, revision, body, ...more };
}

function observation(drift: readonly JsonObject[], body: JsonObject = {}, more: Partial<ReadinessRecord> = {}): ReadinessRecord {
  return record('live-observation', { target: 'eu', complete: true, gaps: [], drift: [...drift], ...body }, more);
}

function exception(body: JsonObject = {}): ReadinessRecord {
  const {
    release: _release,
    revision: _revision,
    ...bare
  } = record('exception', {
    exception: 'e-1',
    drift: ['d-1'],
    reason: 'debugging until noon',
    requestedBy: 'local:ada',
    approvedBy: ['local:bob'],
    notBefore: '2026-01-01T11:00:00.000Z',
    expiresAt: '2026-01-01T13:00:00.000Z',
    ...body,
  });
  return bare;
}

const judge = (...records: readonly ReadinessRecord[]) => judgeDrift(expected, records, now);

describe('judgeDrift', () => {
  it('passes where nothing differs, and rests on the observation', () => {
    const seen = observation([]);

    expect(judge(seen)).toEqual({ kind: 'passed', inputs: [seen.digest] });
  });

  it('names object, field, manager and minute of what differs, since it began', () => {
    const by = { manager: 'kubectl-edit', changedAt: '2026-01-01T11:58:12.000Z' };
    const outcome = judge(observation([{ ...sidecar, by }]));

    expect(outcome).toMatchObject({
      kind: 'failed',
      problems: [
        {
          code: 'drift-found',
          message:
            'eu: Deployment shop/web has /spec/template/spec/containers/[name=debug], which is not declared (security, by kubectl-edit, 2026-01-01 11:58 UTC)',
          since: '2026-01-01T11:58:12.000Z',
        },
      ],
    });
  });

  it.each([
    ['less grave than what revokes', { severity: 'replicas' }],
    ['ignored by a rule', { ignoredBy: 'argocd: /spec/replicas' }],
  ])('passes over what is %s', (_what, change) => {
    expect(judge(observation([{ ...sidecar, ...change }])).kind).toBe('passed');
  });

  it.each([
    ['never looked at', []],
    ['last looked at too long ago', [observation([], {}, { at: '2026-01-01T11:58:59.000Z' })]],
    ['looked at for another revision', [observation([], {}, { revision: 'b'.repeat(40) })]],
    ['another target', [observation([], { target: 'us' })]],
    ['written in another shape', [observation([], { complete: 'yes' })]],
  ])('is missing where the target was %s', (_what, records) => {
    expect(judge(...records)).toMatchObject({ kind: 'missing', problem: { code: 'live-observation-stale' } });
  });

  it('is missing where something could not be seen, and failed where what was seen differs', () => {
    const partly = { complete: false, gaps: ['v1/Service in shop: forbidden'] };

    expect(judge(observation([], partly))).toMatchObject({ kind: 'missing', problem: { code: 'live-observation-incomplete' } });
    expect(judge(observation([sidecar], partly)).kind).toBe('failed');
  });

  it('lets the newest observation count', () => {
    expect(judge(observation([sidecar]), observation([])).kind).toBe('passed');
    expect(judge(observation([]), observation([sidecar])).kind).toBe('failed');
  });

  it('passes what an approved exception excuses, and rests on it', () => {
    const [seen, excuse] = [observation([sidecar]), exception()];

    expect(judge(excuse, seen)).toEqual({ kind: 'passed', inputs: [seen.digest, excuse.digest] });
  });

  it.each<[string, JsonObject]>([
    ['is for another item', { drift: ['d-2'] }],
    ['is approved by nobody', { approvedBy: [] }],
    ['is approved by who asked for it', { approvedBy: ['local:ada'] }],
    ['has not begun', { notBefore: '2026-01-01T12:00:00.001Z' }],
    ['ends now', { expiresAt: '2026-01-01T12:00:00.000Z' }],
  ])('is not excused by an exception that %s', (_what, change) => {
    expect(judge(exception(change), observation([sidecar])).kind).toBe('failed');
  });

  it('is not excused by an exception that was revoked, however the records stand', () => {
    const revoked = record('revocation', { exception: 'e-1', reason: 'over' }, { at: '2026-01-01T11:59:59.000Z' });

    expect(judge(revoked, exception(), observation([sidecar])).kind).toBe('failed');
    expect(judge(exception(), observation([sidecar]), { ...revoked, at: '2026-01-01T12:00:01.000Z' }).kind).toBe('passed');
  });

  it('excuses item by item', () => {
    const image = { ...sidecar, id: 'd-2', severity: 'image' };
    const outcome = judge(exception(), observation([sidecar, image]));

    expect(outcome.kind === 'failed' && outcome.problems[0]?.message).toMatch(/^eu: Deployment shop\/web has .* \(image\)$/);
  });
});

describe('foldReadiness', () => {
  it('folds an older verdict by its own checks, which know no drift', () => {
    const verdict = foldReadiness({ spec: 'readiness/v0', expected }, [], now);

    expect(verdict.spec).toBe('readiness/v0');
    expect(verdict.checks).not.toContain('drift');
    expect(readinessChecks['readiness/v1']).toContain('drift');
  });
});
