import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../document/json.ts';
import { EnvironmentId } from '../../environment/environment-id.ts';
import { PromotionId } from '../../promotion/promotion-id.ts';
import { ActorId, type Actor } from '../actor.ts';
import { digestOf } from '../digest.ts';
import type { EvidenceType } from '../evidence-type.ts';
import { bundleGaps } from './bundle-gaps.ts';
import { bundlePage, type BundlePage } from './bundle-page.ts';
import { isDisclosed, type BundledRecord } from './bundled-record.ts';

const mean = `<script>alert('1')</script>"&`;
const person: Actor = { id: ActorId.parse(`local:${mean}`), issuer: 'local', subject: 'x', amr: [], kind: 'person', groups: [] };

function record(type: EvidenceType, body: JsonObject, more: Partial<BundledRecord> = {}): BundledRecord {
  const none = new Uint8Array();
  return {
    digest: digestOf([type, body]),
    type,
    at: '2026-01-02T03:04:05.678Z',
    index: 7,
    bundle: none,
    leaf: none,
    proof: [],
    body,
    ...more,
  };
}

const expected = { targets: ['eu'], requiredPhases: ['routes'] };
const drift = { id: 'd-1', class: 'changed', severity: 'config', path: mean };
const whole: readonly BundledRecord[] = [
  record('release-manifest', { version: mean, components: [mean] }, { revision: mean }),
  record('promotion-plan', { plan: 'sha256:1', risk: mean }, { actor: person }),
  record('approval', { decision: 'approve', content: 'sha256:2', reason: mean }, { actor: person }),
  record('gate', { gate: 'approval', verdict: 'met', by: [mean], required: 1 }),
  record('merge', { commit: mean, head: mean }),
  record('sync-observation', { target: 'eu', verdict: { kind: mean } }),
  record('live-digests', { verdict: 'passed', components: [{ component: mean, expected: [mean], running: [mean], status: 'same' }] }),
  record('live-observation', { target: 'eu', complete: false, gaps: [mean], drift: [drift, { ...drift, ignoredBy: mean }] }),
  record('validation', { phase: 'routes', verdict: 'passed', checks: [{ name: mean, verdict: 'passed', observed: mean }] }),
  record('exception', { exception: mean, reason: mean, requestedBy: mean, approvedBy: [mean], notBefore: mean, expiresAt: mean }),
  record('revocation', { exception: mean, reason: mean }),
  record('readiness', { spec: 'readiness/v1', verdict: 'ready', asOf: mean, expected }),
  record('promotion-closure', { status: 'ready', records: [], exceptions: [] }),
];

function page(change: Partial<BundlePage> = {}): string {
  const subject = {
    at: '2026-01-02T03:04:05.678Z',
    service: 'shop',
    environment: EnvironmentId.parse('shop/prod'),
    release: digestOf('release'),
    promotion: PromotionId.parse('p-01jzzzzzzzzzzzzzzzzzzzzzzz'),
  };
  return bundlePage({ subject, audience: 'full', origin: mean, size: 9, records: whole, missing: [], ...change });
}

describe('bundlePage', () => {
  it('escapes whatever a record says, in every section', () => {
    const text = page();

    expect(text).not.toMatch(/<script|alert\('|"&</);
    expect(text.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(25);
  });

  it('loads and runs nothing: its style is allowed by hash alone', () => {
    expect(page()).toMatch(/content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'"/);
    expect(page()).not.toMatch(/ (src|href|style|on\w+)=/);
  });

  it('maps what auditors ask to entries of the log', () => {
    expect(page()).toMatch(
      /Independent approval before deployment<\/td><td>SOC 2 CC8\.1 · ISO 27001 A\.8\.32 · PCI 6\.5\.1<\/td><td>7, 7</,
    );
    expect(page({ records: [] })).toContain('none on record');
  });

  it('says what is missing', () => {
    expect(page({ missing: ['drift-missing'] })).toContain('<strong>Incomplete:</strong> drift-missing.');
    expect(page({ records: [] })).toContain('no verdict');
  });

  it('gives a tenant no person, no target and no path', () => {
    const text = page({ audience: 'tenant' });

    expect(text).toContain('10 of them withheld');
    expect(text).not.toMatch(/local:|Drift|Validation|approved by/);
  });

  it('is the same for the same records', () => {
    expect(page()).toBe(page());
  });
});

describe('isDisclosed', () => {
  it.each([
    ['the end', record('promotion-closure', {}), true],
    ['running images that passed', record('live-digests', { verdict: 'passed' }), true],
    ['running images that differ: pods are named', record('live-digests', { verdict: 'failed' }), false],
    ['a release that a machine registered', record('release-manifest', {}), true],
    ['a release that a person registered', record('release-manifest', {}, { actor: person }), false],
    ['the verdict: it names targets', record('readiness', { verdict: 'ready' }), false],
    ['an approval', record('approval', {}, { actor: person }), false],
  ])('to a tenant: %s', (_, given, disclosed) => {
    expect([isDisclosed(given, 'tenant'), isDisclosed(given, 'full')]).toEqual([disclosed, true]);
  });
});

describe('bundleGaps', () => {
  it('finds none in a whole one', () => {
    expect(bundleGaps(whole)).toEqual([]);
  });

  it('names each that is there, and takes an empty list of exceptions for a list', () => {
    expect(bundleGaps([])).toEqual([
      ...[
        'release-manifest-missing',
        'sync-missing',
        'live-digests-missing',
        'drift-missing',
        'readiness-missing',
        'closure-missing',
        'exceptions-missing',
      ],
    ]);
  });

  it.each([
    ['sync-observation', 'sync-missing'],
    ['live-observation', 'drift-missing'],
    ['validation', 'validation-missing'],
  ] as const)('misses %s of what is expected', (type, code) => {
    expect(bundleGaps(whole.filter((one) => one.type !== type))).toEqual([code]);
    expect(bundleGaps([...whole.filter((one) => one.type !== type), record(type, { anything: 'else' })])).toEqual([code]);
  });
});
