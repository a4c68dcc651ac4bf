import { describe, expect, it } from 'vitest';
import { difference, exception, revocation } from './exceptions.ts';
import { EvidenceWorld, seededKey } from './evidence-world.ts';
import { judge, judged } from './judge.ts';
import { liveStory, person, time, type StoryOptions } from './story.ts';
import { tarOf, writeBundle } from './write-bundle.ts';

const lived = (options: StoryOptions = {}): ReturnType<typeof liveStory> => liveStory(new EvidenceWorld(), options);

describe('a bundle of a promotion that is ready', () => {
  it('is verified, step by step', async () => {
    const story = lived();
    const report = await judge(tarOf(writeBundle(story)), story.world.trust());

    expect(report.verdict).toBe('verified');
    expect(report.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      ...['archive passed', 'manifest passed', 'checkpoint passed', 'consistency passed', 'records passed', 'payloads passed'],
      ...['closure passed', 'as-of passed', 'readiness passed', 'separation-of-duties passed', 'completeness passed'],
    ]);
    expect(report.subject).toMatchObject({
      status: 'ready',
      readiness: { verdict: 'ready', recomputed: true },
      requestedBy: 'local:rae',
      approvedBy: ['local:ada'],
    });
  });

  it('is the same bytes each time', () => {
    expect(Buffer.compare(tarOf(writeBundle(lived())), tarOf(writeBundle(lived())))).toBe(0);
  });

  it('is verified when the log grew meanwhile, and with records of many kinds and steps', async () => {
    const story = lived({
      steps: 600,
      phases: ['routes', 'smoke'],
      approvals: 2,
      approvers: [{ who: person('ada') }, { who: person('bob') }],
    });
    story.world.noise(900);

    expect(await judged(writeBundle(story), story.world.trust())).toBe('verified');
  });

  it('is verified where nobody is asked to approve', async () => {
    const story = lived({ approvals: 0, approvers: [] });

    expect(await judged(writeBundle(story), story.world.trust())).toBe('verified');
  });

  it('is verified where an exception in force excuses its drift', async () => {
    const story = lived({ drift: [difference()], besides: [exception()], exceptions: ['x-1'] });
    const report = await judge(tarOf(writeBundle(story)), story.world.trust());

    expect([report.verdict, report.subject?.readiness?.verdict]).toEqual(['verified', 'ready']);
  });

  it('stays verified when the exception is revoked, and the key ends, after it', async () => {
    const story = lived({ drift: [difference()], besides: [exception(), revocation(time(40))], exceptions: ['x-1'] });
    const trust = story.world.trust();
    const ended = { ...trust, recordKeys: trust.recordKeys.map((key) => ({ ...key, validUntil: '2026-01-03T00:00:00.000Z' })) };

    expect(await judged(writeBundle(story), ended)).toBe('verified');
  });
});

describe('a bundle of a promotion that is not ready', () => {
  it('is verified as what it is: the verdict is no', async () => {
    const story = lived({ drift: [difference()] });
    const report = await judge(tarOf(writeBundle(story)), story.world.trust());

    expect([report.verdict, report.subject?.status, report.subject?.readiness?.verdict]).toEqual(['verified', 'failed', 'blocked']);
  });

  it.each([
    ['a revoked exception', [exception(), revocation(time(17))], []],
    ['an exception that ended', [exception({ expiresAt: time(20) })], []],
    ['an exception that has not begun', [exception({ notBefore: time(20, 1) })], ['x-1']],
    ['an exception that only its requester approved', [exception({ approvedBy: ['local:rae'] })], []],
  ])('is not saved by %s', async (_, besides, exceptions) => {
    const story = lived({ drift: [difference()], besides, exceptions });
    const report = await judge(tarOf(writeBundle(story)), story.world.trust());

    expect([report.verdict, report.subject?.readiness?.verdict]).toEqual(['verified', 'blocked']);
  });
});

describe('an earlier checkpoint', () => {
  it('is continued, as the bundle shows', async () => {
    const story = lived();

    expect(await judged(writeBundle(story, { since: 5 }), story.world.trust(story.world.checkpoint(5)))).toBe('verified');
  });

  it.each([1, 2, 3, 7, 8, 16, 23, 24])('of %i records is continued', async (since) => {
    const story = lived();

    expect(await judged(writeBundle(story, { since }), story.world.trust(story.world.checkpoint(since)))).toBe('verified');
  });

  it('that the bundle says nothing of leaves it incomplete', async () => {
    const story = lived();

    expect(await judged(writeBundle(story), story.world.trust(story.world.checkpoint(5)))).toBe('incomplete consistency-missing');
    expect(await judged(writeBundle(story, { since: 6 }), story.world.trust(story.world.checkpoint(5)))).toBe(
      'incomplete consistency-missing',
    );
  });
});

describe('a bundle for a tenant', () => {
  it('is verified by whoever accepts that records are withheld', async () => {
    const story = lived();
    const report = await judge(tarOf(writeBundle(story, { audience: 'tenant' })), story.world.trust(), { audience: 'tenant' });

    expect([report.verdict, report.subject?.status, report.subject?.readiness, report.counts]).toEqual([
      'verified',
      'ready',
      undefined,
      expect.objectContaining({ records: 2, withheld: 13 }),
    ]);
  });

  it('is incomplete to everybody else', async () => {
    const story = lived();

    expect(await judged(writeBundle(story, { audience: 'tenant' }), story.world.trust())).toBe('incomplete records-withheld');
  });

  it('names no person, no target, no path and no plan', () => {
    const story = lived({ drift: [difference()], besides: [exception()], exceptions: ['x-1'] });
    const files = writeBundle(story, { audience: 'tenant' });
    const decoded = files.map(({ bytes }) => readable(Buffer.from(bytes).toString('utf8'))).join('\n');

    expect(decoded).toContain('shop/prod');
    expect(decoded).not.toMatch(/local:|argocd|kustomization|spec\/template|vendor|containers/);
    expect(files.some(({ path }) => path.startsWith('payloads/'))).toBe(false);
  });
});

describe('an incomplete bundle', () => {
  it.each([
    ['readiness/v0 knows no drift', { spec: 'readiness/v0' } as const, 'incomplete drift-missing'],
    ['no target was observed', { targets: [] }, 'incomplete sync-missing drift-missing'],
  ])('says so: %s', async (_, options, line) => {
    const story = lived(options);

    expect(await judged(writeBundle(story), story.world.trust())).toBe(line);
  });

  it('says so: the promotion has not ended', async () => {
    const story = lived();
    const open = { ...story, records: story.records.slice(0, -1) };

    expect(await judged(writeBundle(open), story.world.trust())).toContain('incomplete closure-missing');
  });

  it('says so: an older version closed it', async () => {
    const older = lived({
      edit: (evidence) => (evidence.type === 'promotion-closure' ? { ...evidence, body: { status: 'ready', reason: 'ready' } } : evidence),
    });

    expect(await judged(writeBundle(older), older.world.trust())).toBe('incomplete closure-without-records exceptions-missing');
  });

  it.each([
    ['a bundle of a newer version', { manifest: { version: 2 } }, 'incomplete bundle-unknown'],
    ['a bundle of another kind', { manifest: { bundle: 'period' } }, 'incomplete bundle-unknown'],
    ['a bundle for somebody unknown', { manifest: { audience: 'regulator' } }, 'incomplete audience-unknown'],
  ])('is %s', async (_, { manifest }, line) => {
    const story = lived();
    const files = writeBundle(story, { manifest: (evidence) => ({ ...evidence, body: { ...evidence.body, ...manifest } }) });

    expect(await judged(files, story.world.trust())).toBe(line);
  });

  it('is one whose verdict is of a newer version', async () => {
    const story = lived({
      edit: (evidence) => (evidence.type === 'readiness' ? { ...evidence, body: { ...evidence.body, spec: 'readiness/v2' } } : evidence),
    });

    expect(await judged(writeBundle(story), story.world.trust())).toBe('incomplete readiness-unknown');
  });
});

describe('the keys', () => {
  it.each([
    ['ended before', { validUntil: time(1) }],
    ['began after', { validFrom: time(21) }],
    ['ended while it ran', { validUntil: time(20) }],
  ])('count only when they were valid: %s', async (_, validity) => {
    const story = lived();
    const trust = story.world.trust();
    const other = { ...trust, recordKeys: trust.recordKeys.map((key) => ({ ...key, validFrom: '2026-01-01T00:00:00.000Z', ...validity })) };

    expect(await judged(writeBundle(story), other)).toBe('failed key-not-valid-then');
  });

  it('count only when they are trusted', async () => {
    const story = lived();
    const { keyId, spki } = seededKey('somebody');
    const recordKeys = [{ keyId, spki: spki.toString('base64'), validFrom: '2026-01-01T00:00:00.000Z' }];

    expect(await judged(writeBundle(story), { ...story.world.trust(), recordKeys })).toBe('failed key-unknown');
  });
});

/** With what base64 hides. */
function readable(text: string): string {
  const payload = /"payload":"([A-Za-z0-9+/=]+)"/.exec(text)?.[1];
  return payload === undefined ? text : text + Buffer.from(payload, 'base64').toString('utf8');
}
