import { describe, expect, it } from 'vitest';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { desiredDigest } from '../desired-state/desired-digest.ts';
import { RepoPath } from '../document/repo-path.ts';
import type { JsonObject } from '../document/json.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { MigrationId } from '../migration/declared-migration.ts';
import { Digest } from '../evidence/digest.ts';
import { assemblePlan, type PlanParts, type RenderedObjects } from './assemble-plan.ts';
import { Plan, planDigest } from './plan.ts';
import { planSummary } from './plan-summary.ts';
import { promotionBranch, promotionMessage } from './promotion-message.ts';
import { PromotionId } from './promotion-id.ts';

const digest = (hex: string): Digest => Digest.parse(`sha256:${hex.repeat(64)}`);
const sha = (hex: string): CommitSha => CommitSha.parse(hex.repeat(40));
const id = PromotionId.parse(`p-${'0'.repeat(26)}`);

function rendered(...objects: readonly JsonObject[]): RenderedObjects {
  return { digest: desiredDigest(objects), objects };
}

const configMap = (name: string, data: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'ns' },
  data,
});
const stateful = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'ns' } };

const parts: PlanParts = {
  kind: 'release',
  service: 'svc',
  environment: EnvironmentId.parse('svc/prod'),
  release: { digest: digest('a'), version: '1.41.0', commit: sha('1') },
  migrations: [],
  base: sha('2'),
  edits: [{ kind: 'remove', path: RepoPath.parse('environments/prod/x.yaml') }],
  before: rendered(configMap('c', { text: 'a\n```\nb' }), configMap('env-2456789bcd', { A: '1' }), stateful),
  after: rendered(configMap('c', { text: 'a\n````\nb' }), configMap('env-fghkmt2456', { A: '2' })),
  decidedBy: { closure: digest('c'), configuration: digest('d'), policy: digest('e') },
  at: new Date('2026-11-23T10:00:00Z'),
};

describe('assemblePlan', () => {
  it('is JSON that reads back as the same plan', () => {
    const plan = assemblePlan(parts);

    expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('lists what the delivery has to delete: removed objects and what a generator replaced', () => {
    expect(assemblePlan(parts).removes.map(({ name }) => name)).toEqual(['env-2456789bcd', 'db']);
  });

  it('has the same identity on another base, at another time and by another version of the renderer, which it says', () => {
    const later = { ...parts, base: sha('3'), at: new Date('2026-11-24T10:00:00Z'), renderer: { helm: 'v4.2.4' } };

    expect(assemblePlan(later).renderer).toEqual({ helm: 'v4.2.4' });
    expect(planDigest(assemblePlan(later))).toBe(planDigest(assemblePlan(parts)));
  });

  it.each<[string, Partial<PlanParts>]>([
    ['another release', { release: { ...parts.release, digest: digest('b') } }],
    ['other inputs', { decidedBy: { ...parts.decidedBy, closure: digest('0') } }],
    ['another configuration', { decidedBy: { ...parts.decidedBy, configuration: digest('0') } }],
    ['another policy', { decidedBy: { ...parts.decidedBy, policy: digest('0') } }],
    ['other edits', { edits: [] }],
    ['another render', { after: rendered(stateful) }],
  ])('has another identity with %s', (_, change) => {
    expect(planDigest(assemblePlan({ ...parts, ...change }))).not.toBe(planDigest(assemblePlan(parts)));
  });

  it.each<[string, Partial<PlanParts>, string]>([
    ['the deletion of what keeps data', {}, 'high'],
    ['the deletion of something else', { before: rendered(configMap('c', {})), after: rendered() }, 'medium'],
    ['changed configuration', { before: rendered(configMap('c', {})), after: rendered(configMap('c', { a: 'b' })) }, 'low'],
    [
      'a migration that can not be undone',
      { before: rendered(), after: rendered(), migrations: [migration({ kind: 'stateless', reversible: false })] },
      'high',
    ],
    [
      'a stateless migration',
      { before: rendered(), after: rendered(), migrations: [migration({ kind: 'stateless', reversible: true })] },
      'medium',
    ],
  ])('judges %s', (_, change, level) => {
    expect(assemblePlan({ ...parts, ...change }).risk.level).toBe(level);
  });

  it('plans the first render of an environment', () => {
    const plan = assemblePlan({ ...parts, before: 'absent' });

    expect(plan.before).toBe('absent');
    expect(plan.changes.every(({ kind }) => kind === 'added')).toBe(true);
  });
});

describe('planSummary', () => {
  it('fences what was rendered so that it can not end the fence', () => {
    const summary = planSummary(assemblePlan(parts));

    expect(summary).toContain('\n`````diff\n');
    expect(summary).toContain('- high: deletes StatefulSet ns/db');
  });

  it('says beside the differences why the controller may render otherwise', () => {
    const unproven = [{ target: 'eu/flux-system/app', reason: 'it renders by spec.patches, too' }];
    const sops = { ...configMap('s', {}), sops: { mac: 'x' } };
    const plan = assemblePlan({ ...parts, unproven, after: rendered(sops) });

    expect(planSummary(plan)).toContain('- render parity unproven: eu/flux-system/app: it renders by spec.patches, too\n');
    expect(planSummary(plan)).toContain('- render parity unproven: 1 object is encrypted by SOPS');
    expect(planSummary(assemblePlan(parts))).not.toContain('unproven');
    expect(planDigest(plan)).toBe(planDigest(assemblePlan({ ...parts, after: rendered(sops) })));
  });

  it('cuts what nobody would read', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => configMap(`c${String(index)}`, {}));

    expect(planSummary(assemblePlan({ ...parts, after: rendered(...many) }))).toMatch(/… and \d+ more lines/);
  });
});

describe('promotionMessage', () => {
  it('binds the commit by trailers, and ends without a line feed', () => {
    const plan = assemblePlan(parts);

    expect(promotionMessage(plan, id)).toBe(`promote svc 1.41.0 to prod

Release 1.41.0 of svc was built from ${sha('1')}.
It changes 1 file and 3 rendered objects.

Fairlead-Promotion: ${id}
Fairlead-Release: ${digest('a')}
Fairlead-Environment: svc/prod
Fairlead-Plan: ${planDigest(plan)}`);
    expect(promotionBranch(plan, id)).toBe(`fairlead/svc/prod/${id}`);
  });
});

function migration(of: { readonly kind: 'stateful' | 'stateless'; readonly reversible: boolean }): PlanParts['migrations'][number] {
  return { id: MigrationId.parse('0187-add-quota'), ...of };
}
