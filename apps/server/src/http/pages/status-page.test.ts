import { Digest, type Blocker, type EnvironmentStatus } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { statusPage, type StatusView } from './status-page.ts';

const at = '2026-11-23T10:00:00.123Z';

const status: EnvironmentStatus = {
  service: 'shop',
  environment: 'prod',
  tier: 'production',
  delivered: { verdict: 'not-yet', targets: [] },
  live: [],
  routes: [],
  validation: [],
  readiness: { verdict: 'blocked', asOf: at, blockers: [] },
};

const blocker: Blocker = {
  gate: 'live-digests',
  code: 'other-digest',
  message: 'runs <script>alert(1)</script>',
  since: at,
  expected: 'the released digest',
  observed: '"another"',
  who: ['operator'],
  fix: 'sync again',
};

function shown(view: Partial<StatusView>): string {
  return statusPage({ asOf: at, user: 'ada', environments: [status], promotions: [], problems: [], ...view });
}

describe('the status page', () => {
  it('never takes a text for markup', () => {
    const page = shown({ environments: [{ ...status, readiness: { ...status.readiness, blockers: [blocker] } }] });

    expect(page).not.toContain('<script');
    expect(page).toContain('runs &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('observed: &quot;another&quot;');
  });

  it('says of each blocker who can act and how', () => {
    const page = shown({ environments: [{ ...status, readiness: { ...status.readiness, blockers: [blocker] } }] });

    for (const part of ['live-digests', 'the released digest', 'operator', 'sync again']) expect(page).toContain(part);
  });

  it('says which component runs something else', () => {
    const live = [
      { component: 'api', expected: `sha256:${'a'.repeat(64)}`, running: [`sha256:${'b'.repeat(64)}`], match: false },
      { component: 'web', expected: `sha256:${'c'.repeat(64)}`, running: [`sha256:${'c'.repeat(64)}`], match: true },
    ];
    const page = shown({ environments: [{ ...status, live }] });

    expect(page).toContain('1 of 2 components as released');
    expect(page).toMatch(/api: runs <code[^>]*>bbbbbbbbbbbb<\/code>, released <code[^>]*>aaaaaaaaaaaa<\/code>/);
  });

  it.each([
    ['flux', true],
    ['argocd', false],
  ] as const)('says where the merge is the sync: %s', (controller, expected) => {
    const target = {
      controller,
      cluster: 'eu',
      application: 'shop',
      revision: '',
      sync: 'Synced',
      health: 'Healthy',
      verdict: 'delivered',
      observedAt: at,
    };
    const page = shown({ environments: [{ ...status, delivered: { verdict: 'delivered', targets: [target] } }] });

    expect(page.includes('the merge is the sync')).toBe(expected);
  });

  it('links the evidence of the verdict', () => {
    const evidence = Digest.parse(`sha256:${'d'.repeat(64)}`);

    expect(shown({ environments: [{ ...status, readiness: { ...status.readiness, evidence } }] })).toContain(
      `href="/evidence/${evidence}"`,
    );
  });

  it('names a document that does not read, and its place', () => {
    const problem = {
      code: 'not-yaml' as const,
      message: 'unknown tier',
      file: '.fairlead/environments/x.yaml',
      line: 6,
      column: 9,
      pointer: '',
    };

    expect(shown({ problems: [problem] })).toContain('.fairlead/environments/x.yaml:6</code> unknown tier');
  });

  it('says how to make the first environment', () => {
    expect(shown({ environments: [] })).toContain('fairlead server --repository NAME=URL');
  });
});
