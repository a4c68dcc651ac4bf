import { ActorId, EnvironmentId, hasEnded, type Actor, type Promotion, type PromotionId } from '@fairlead/domain';
import { advancePromotion, decideApproval, readApproval, startPromotion, type Decided } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requester, startEngineWorld, storedPromotion, type EngineWorld } from './boundaries/engine-world.ts';

const service = 'platform-control';
const patiently = { timeout: 45_000, interval: 50 };
const approver: Actor = { ...requester, id: ActorId.parse('local:ada'), subject: 'ada', groups: ['approvers'] };

let world: EngineWorld;
beforeAll(async () => {
  world = await startEngineWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function start(name: string, release: string): Promise<Promotion> {
  const started = await startPromotion(
    world.ports,
    { environment: EnvironmentId.parse(`${service}/${name}`), release, dryRun: false },
    requester,
  );
  if (started.kind !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  return started.promotion;
}

async function advanceUntil(id: PromotionId, done: (promotion: Promotion) => boolean): Promise<Promotion> {
  await vi.waitUntil(async () => {
    await world.ports.store.transact((tx) => tx.write.wakes.promotion(id));
    await advancePromotion(world.ports, id);
    return done(await storedPromotion(world, id));
  }, patiently);
  return storedPromotion(world, id);
}

const waitsFor =
  (code: string) =>
  ({ blockers }: Promotion): boolean =>
    blockers.some((blocker) => blocker.code === code);

async function decide(id: PromotionId, decision: 'approve' | 'reject'): Promise<Decided> {
  const { content } = await readApproval(world.ports, id);
  return decideApproval(world.ports, { promotion: id, decision, content, reason: 'because' }, approver);
}

describe('a promotion that needs an approval', () => {
  beforeAll(async () => {
    const first = await start('dev-control-rke2', '1.41.0');
    const ended = await advanceUntil(first.id, ({ status }) => hasEnded(status));
    expect(ended.status).toBe('ready');
  });

  it('is blocked by a rejection until it is taken back, and by a policy that changed until it is approved again', async () => {
    const { id } = await start('staging', '1.41.0');
    await advanceUntil(id, waitsFor('approvals-missing'));

    await decide(id, 'reject');
    expect((await advanceUntil(id, waitsFor('rejected'))).status).toBe('proposed');
    await world.example.developer.commit({
      branch: 'main',
      message: 'change the policy',
      files: { '.fairlead/policies/zz-more.yaml': policy },
    });
    const { content: under } = await readApproval(world.ports, id);
    const stale = await decideApproval(
      world.ports,
      { promotion: id, decision: 'approve', content: (await storedPromotion(world, id)).plan, reason: 'x' },
      approver,
    );
    await decide(id, 'approve');

    expect(stale).toMatchObject({ kind: 'refused', code: 'stale-content' });
    expect((await advanceUntil(id, ({ status }) => hasEnded(status))).approved).toMatchObject({ content: under, by: ['local:ada'] });
  });

  it('is not synced when somebody merges it before it was approved, and says so', async () => {
    const { id, branch } = await start('staging', '1.42.0').catch(async () => {
      const dev = await start('dev-control-rke2', '1.42.0');
      await advanceUntil(dev.id, ({ status }) => hasEnded(status));
      return start('staging', '1.42.0');
    });
    await advanceUntil(id, waitsFor('approvals-missing'));

    await world.example.developer.merge(branch, 'merge it anyway');
    const merged = await advanceUntil(id, waitsFor('unauthorised-change'));

    expect(merged).toMatchObject({ status: 'merged', syncs: [] });
    const again = await startPromotion(
      world.ports,
      { environment: EnvironmentId.parse(`${service}/staging`), release: '1.42.0', dryRun: false },
      requester,
    );
    expect(again).toMatchObject({ kind: 'exists', promotion: { id } });
  });
});

const policy = `apiVersion: fairlead.dev/v1
kind: Policy
metadata: { name: zz-more }
spec: { migrationEvidenceMaxAge: 3d }
`;
