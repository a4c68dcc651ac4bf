import { describe, expect, it } from 'vitest';
import { firstControls } from '../control/first-controls.ts';
import { Control } from '../control/control-register.ts';
import { readAdoptionEvidence, type AdoptionEvidence, type AdoptionEvidenceType } from './adoption-evidence.ts';
import type { AdoptionFacts, InputChange } from './adoption-facts.ts';
import { judgeAdoption } from './judge-adoption.ts';

const now = new Date('2026-11-24T12:00:00Z');
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

function evidence(type: AdoptionEvidenceType, days: number, verdict: AdoptionEvidence['verdict'] = 'passed'): AdoptionEvidence {
  return { kind: 'AdoptionEvidence', type, environment: 'shop/staging', at: daysAgo(days), verdict };
}

const change = (n: number, rest: Partial<InputChange> = {}): InputChange => {
  return { commit: String(n).padEnd(40, 'a'), subject: `change ${String(n)}`, changesImages: true, changesReference: true, ...rest };
};
const times = <T>(count: number, make: (n: number) => T): readonly T[] => Array.from({ length: count }, (_, n) => make(n));

const review = { by: 'grace', at: '2026-11-20T10:00:00Z', evidence: 'INFRA-12' };
const good: AdoptionFacts = {
  changes: times(10, (n) => change(n)),
  evidence: [
    ...times(10, (n) => evidence('live-digests', n / 2)),
    evidence('image-drift', 3),
    evidence('config-drift', 4),
    evidence('drift-baseline', 4),
  ],
  staging: times(16, (n) => evidence('staging-contract', n)),
  secrets: { tree: { kind: 'counted', found: 0 }, history: { kind: 'counted', found: 0 } },
  controls: firstControls.map((control) => Control.parse({ ...control, owner: 'ada', command: 'x', state: 'equivalent', review })),
};

function unmet(facts: AdoptionFacts): Readonly<Record<string, readonly string[]>> {
  const { leaving, start } = judgeAdoption(facts, now);
  const open = [...leaving, ...start].filter(({ verdict }) => verdict === 'unmet');
  return Object.fromEntries(open.map(({ id, missing }) => [id, missing]));
}

describe('judgeAdoption', () => {
  it('finds everything met where the evidence is there', () => {
    expect(unmet(good)).toEqual({});
  });

  it('names the commits that came without a reference', () => {
    const changes = good.changes.map((one, index) => (index === 2 ? { ...one, changesReference: false } : one));

    expect(unmet({ ...good, changes })).toEqual({
      'release-references': [expect.stringContaining('2aaaaaaaaaaa change 2')],
      'image-references': [expect.stringContaining('2aaaaaaaaaaa change 2')],
    });
  });

  it('counts only the last changes, and for images only those of images', () => {
    const older = times(5, (n) => change(100 + n, { changesReference: false }));
    const config = times(2, (n) => change(200 + n, { changesImages: false, changesReference: false }));

    expect(unmet({ ...good, changes: [...good.changes, ...older] })).toEqual({});
    expect(Object.keys(unmet({ ...good, changes: [...config, ...good.changes] }))).toEqual(['release-references']);
  });

  it('says how many changes are still needed', () => {
    expect(unmet({ ...good, changes: good.changes.slice(0, 4) })['image-references']).toEqual([
      'there are only 4 image changes so far: 6 more are needed',
    ]);
  });

  it.each<[string, AdoptionFacts['staging']]>([
    ['failed', good.staging.map((one, index) => (index === 5 ? { ...one, verdict: 'failed' } : one))],
    ['was not looked at for days', good.staging.filter((_, index) => index < 5 || index > 7)],
    ['was looked at no more', good.staging.slice(3)],
    ['is too young', good.staging.slice(0, 13)],
  ])('does not take staging for stable where its contract %s', (_, staging) => {
    expect(Object.keys(unmet({ ...good, staging }))).toEqual(['staging-stable', 'staging-contract']);
  });

  it.each<[string, AdoptionFacts['evidence'], readonly string[]]>([
    [
      'an old drill',
      [...good.evidence.filter(({ type }) => type !== 'image-drift'), evidence('image-drift', 31)],
      ['drift-detected', 'drift-matched'],
    ],
    ['no comparison with the baseline', good.evidence.filter(({ type }) => type !== 'drift-baseline'), ['drift-matched']],
    ['a failed comparison of what runs', [evidence('live-digests', 0.1, 'failed'), ...good.evidence], ['runtime-parity']],
    ['too few comparisons of what runs', good.evidence.slice(1), ['runtime-parity']],
  ])('is not content with %s', (_, all, open) => {
    expect(Object.keys(unmet({ ...good, evidence: all }))).toEqual(open);
  });

  it('tells secrets that are there from a search that was not possible', () => {
    const secrets = { tree: { kind: 'counted', found: 2 }, history: { kind: 'unknown', because: 'the clone is shallow' } } as const;

    expect(unmet({ ...good, secrets })['no-secrets']?.map((gap) => gap.split(':')[0])).toEqual([
      '2 in the files',
      'their past could not be searched',
    ]);
  });

  it('wants a register of controls, and each reviewed', () => {
    const [first, ...rest] = good.controls;
    const open = Control.parse({ ...firstControls[0], owner: 'ada', state: 'old' });

    expect(unmet({ ...good, controls: [] })['controls-equivalent']?.[0]).toContain('fairlead init writes one');
    expect(first !== undefined && unmet({ ...good, controls: [open, ...rest] })['controls-equivalent']?.[0]).toContain(
      'release-profile-contract',
    );
  });
});

describe('readAdoptionEvidence', () => {
  it('takes the drift that a scan found for its detection', () => {
    const summary = { objects: 3, image: 1, security: 0, config: 0, replicas: 0, metadata: 0, ignored: 0, excused: 0 };
    const report = { kind: 'DriftReport', environment: 'shop/staging', observedAt: daysAgo(1), summary };

    expect(readAdoptionEvidence({ items: [report] })?.map(({ type }) => type)).toEqual(['image-drift']);
  });

  it.each([
    null,
    [],
    {},
    { kind: 'AdoptionEvidence' },
    { kind: 'AdoptionEvidence', type: 'rumour', environment: 'a/b', at: daysAgo(1), verdict: 'passed' },
  ])('reads nothing from %j', (value) => {
    expect(readAdoptionEvidence(value) ?? []).toEqual([]);
  });
});
