import type { Promotion } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, isReady, promotionWhen, refusalOf, started, statusWhen } from './world/api.ts';
import { fairlead } from './world/fairlead-program.ts';
import { service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

let stand: Stand;
let staging: Promotion;

beforeAll(async () => {
  stand = await startStand();
  const dev = await started(stand.admin(), 'dev-control-rke2', '1.41.0');
  await promotionWhen(stand.admin(), dev.id, isReady);
  const { id } = await started(stand.admin(), 'staging', '1.41.0');
  await promotionWhen(stand.admin(), id, ({ status }) => status === 'proposed');
  await approve(await stand.person('ada', 'approver'), id);
  staging = await promotionWhen(stand.admin(), id, isReady);
});
afterAll(() => stand[Symbol.asyncDispose]());

const runs = (environment: string) => stand.admin()('listValidations', { params: { service, environment }, query: {} });

describe('an edit of the shared base on main', () => {
  let edit: string;

  beforeAll(async () => {
    const path = 'deploy/base/api/config/plans.yaml';
    const text = await stand.world.developer.read('main', path);
    edit = await stand.world.developer.commit({
      branch: 'main',
      message: 'feat(api): another plan',
      files: { [path]: `${text}# edited\n` },
    });
  });

  it('does not change what staging runs: it stays ready, and there is nothing to sync', async () => {
    const seen = await statusWhen(stand.admin(), 'staging', ({ delivered }) =>
      delivered.targets.every(({ revision }) => revision === edit),
    );

    expect(seen.readiness.verdict).toBe('ready');
    expect(seen.delivered).toMatchObject({ verdict: 'delivered', targets: [{ sync: 'Synced', health: 'Healthy' }] });
    expect(seen.intended).toMatchObject({ version: '1.41.0', commit: staging.mergeCommit });
  });

  it('changes dev, which reads the base, and dev says so', async () => {
    const { readiness } = await statusWhen(stand.admin(), 'dev-control-rke2', (seen) => seen.readiness.verdict === 'blocked');

    expect(readiness.blockers).toMatchObject([{ gate: 'delivery', observed: 'head-moved' }]);
  });

  it('changes no plan for staging', async () => {
    expect(await stand.admin()('startPromotion', { body: { service, environment: 'staging', release: '1.41.0' } })).toMatchObject({
      kind: 'nothing-to-do',
    });
  });
});

describe('a validation phase', () => {
  const rerun = (phase: string): ReturnType<typeof fairlead> =>
    fairlead(['validation', 'rerun', phase, '-e', `${service}/staging`], {
      home: stand.home,
      env: { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: stand.adminToken() },
    });

  it('is rerun alone, and revokes readiness when it fails', async () => {
    const before = await runs('staging');
    stand.world.routes.staging.outage(true);
    const { code } = await rerun('routes');
    const { readiness } = await statusWhen(stand.admin(), 'staging', (seen) => seen.readiness.verdict === 'blocked');

    expect(code).toBe(0);
    expect(readiness.blockers.map(({ gate }) => gate)).toContain('validation');
    const after = await runs('staging');
    expect(after.items.length).toBe(before.items.length + 1);
    expect(after.items[0]).toMatchObject({ phase: 'routes', status: 'failed', attempt: 2, checks: [{ name: 'api', verdict: 'failed' }] });
  });

  it('gives readiness back when it passes again', async () => {
    stand.world.routes.staging.outage(false);
    await rerun('routes');
    const seen = await statusWhen(stand.admin(), 'staging', ({ readiness }) => readiness.verdict === 'ready');

    expect(seen.routes).toMatchObject([{ phase: 'routes', check: 'api', verdict: 'passed' }]);
    expect(seen.validation.find(({ phase }) => phase === 'routes')).toMatchObject({ attempt: 3, verdict: 'passed' });
  });

  it('is not one that nobody declared', async () => {
    const { code, stderr } = await rerun('load');

    expect([code, stderr]).toEqual([4, expect.stringContaining('it has: routes, live-images')]);
  });
});

describe('a push of somebody else on the branch of a promotion', () => {
  let promotion: Promotion;

  beforeAll(async () => {
    const { developer } = stand.world;
    const policy = '.fairlead/policies/default.yaml';
    const text = await developer.read('main', policy);
    const files = { [policy]: text.replace('staging: { count: 1', 'staging: { count: 2') };
    await developer.merge('line/1.42.0', 'Merge 1.42.0');
    await developer.commit({ branch: 'main', message: 'chore(policy): two approvals for staging', files });
    const dev = await started(stand.admin(), 'dev-control-rke2', '1.42.0');
    await promotionWhen(stand.admin(), dev.id, isReady);

    const { id } = await started(stand.admin(), 'staging', '1.42.0');
    await promotionWhen(stand.admin(), id, ({ status }) => status === 'proposed');
    await approve(await stand.person('ada', 'approver'), id);
    promotion = await promotionWhen(stand.admin(), id, ({ blockers }) => blockers.some(({ message }) => message.startsWith('1 of 2')));

    const path = 'environments/staging/values/api.env';
    const values = await developer.read(promotion.branch, path);
    await developer.commit({ branch: promotion.branch, message: 'quick fix', files: { [path]: `${values}SNEAKED_IN=1\n` } });
  });

  it('makes the approval stale', async () => {
    const state = await stand.admin()('getApproval', { params: { id: promotion.id } });

    expect(state).toMatchObject({ verdict: 'short', by: [], ignored: [{ by: 'local:ada', because: 'stale-content' }] });
  });

  const codes = ({ blockers }: Promotion): string => blockers.map(({ code }) => code).join(' ');

  it('is never merged, however many approve it', async () => {
    const before = await stand.world.developer.log('-1', '--format=%H', 'origin/main');
    const grace = await stand.person('grace', 'approver');
    const { id } = promotion;
    await approve(grace, id);
    await promotionWhen(stand.admin(), id, (seen) => codes(seen) === 'head-not-ours approval-stale');
    await approve(await stand.person('ada', 'approver'), id);
    const blocked = await promotionWhen(stand.admin(), id, (seen) => codes(seen) === 'head-not-ours');

    expect(blocked).toMatchObject({ status: 'proposed', syncs: [] });
    expect(blocked.mergeCommit).toBeUndefined();
    expect(await stand.world.developer.log('-1', '--format=%H', 'origin/main')).toBe(before);
  });

  it('is not approved by whoever looked at something else', async () => {
    const { id, content } = promotion;
    const body = { decision: 'approve', content: content.after } as const;

    expect((await refusalOf((await stand.person('olga', 'approver'))('decideApproval', { params: { id }, body }))).code).toBe(
      'approval-stale-content',
    );
  });

  it('says whose turn it is', async () => {
    const { blockers } = await stand.admin()('explain', { query: { object: `promotion/${promotion.id}` } });

    expect(blockers.map(({ gate, who }) => [gate, who])).toEqual([['change', ['promoter']]]);
    expect(blockers[0]?.fix).toContain('take the commit off the branch');
  });
});
