import {
  ActorId,
  hasEnded,
  recordedEvidence,
  trustPolicyOf,
  type Actor,
  type DriftItem,
  type JsonObject,
  type PolicyException,
  Promotion,
  type PromotionId,
} from '@fairlead/domain';
import {
  advancePromotion,
  approveException,
  exportBundle,
  listDrift,
  readKeptBundle,
  requestException,
  revokeException,
  startPromotion,
} from '@fairlead/engine';
import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requester, startEngineWorld, storedPromotion, type EngineWorld } from './boundaries/engine-world.ts';
import { judge, lineOf } from './bundle/judge.ts';
import { tarOf } from './bundle/write-bundle.ts';
import { keptEnvironment, patiently, type KeptEnvironment } from './drift/kept-environment.ts';

const api = '/apis/apps/v1/namespaces/pc-dev/deployments/api';
const approver: Actor = { ...requester, id: ActorId.parse('local:bob'), subject: 'bob' };

let world: EngineWorld;
let hand: ClusterHand;
let kept: KeptEnvironment;
let item: DriftItem;
let first: PolicyException;
let second: PolicyException;

/** Somebody makes deployments slower, by hand: nothing that a controller would take back, and no pod is replaced. */
beforeAll(async () => {
  world = await startEngineWorld();
  hand = await clusterHand(world.example.kubeconfigPath);
  kept = await keptEnvironment(world);
  await kept.verdict('ready');
  await hand.patch(api, { spec: { minReadySeconds: 1 } });
  item = await kept.found(/minReadySeconds/);
  await kept.verdict('blocked');
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

function request(lastsMs: number): Promise<PolicyException> {
  const expiresAt = new Date(Date.now() + lastsMs).toISOString();
  return requestException(world.ports, { drift: [item.id], reason: 'until the probe is faster', expiresAt }, requester);
}

async function promote(release: string): Promise<PromotionId> {
  const started = await startPromotion(world.ports, { environment: kept.environment, release, dryRun: false }, requester);
  if (started.kind !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  return started.promotion.id;
}

async function advanceUntil(id: PromotionId, done: (promotion: Promotion) => boolean): Promise<Promotion> {
  await vi.waitUntil(async () => {
    await advancePromotion(world.ports, id);
    return done(await storedPromotion(world, id));
  }, patiently);
  return storedPromotion(world, id);
}

const isKept = ({ status, bundle }: Promotion): boolean => hasEnded(status) && bundle !== undefined;

/** The bundle that was made when it ended, judged by the verifier's own rules. */
async function verified(promotion: Promotion): Promise<string> {
  const { pieces } = await readKeptBundle(world.ports, promotion);
  return lineOf(await judge(new Uint8Array(Buffer.concat(pieces)), trustPolicyOf(await world.ports.evidenceLog.keys(), undefined)));
}

/** Of one promotion, oldest first. */
async function bodies(type: 'promotion-closure' | 'readiness', promotion: PromotionId): Promise<readonly JsonObject[]> {
  const { items } = await world.ports.store.read((reader) => reader.evidence.list({ promotion, type }, { limit: 50 }));
  return items.map(({ bundle }) => recordedEvidence(bundle).body).toReversed();
}

async function uses(): Promise<readonly (string | undefined)[]> {
  const { items } = await listDrift(world.ports, { environment: kept.environment, open: true }, { limit: 50 });
  return items.map(({ excused }) => excused?.exception);
}

describe('an exception for a difference', () => {
  it('excuses nothing before another person has approved it', async () => {
    first = await request(3_600_000);
    const { drift } = await kept.verdict('blocked');

    expect(drift).toMatchObject({ open: 1, excused: 0 });
    await expect(approveException(world.ports, first.id, requester)).rejects.toMatchObject({ code: 'own-exception' });
  });

  it('gives readiness back once it is approved, and is shown where it is used', async () => {
    first = await approveException(world.ports, first.id, approver);
    const { drift } = await kept.verdict('ready');
    const [verdict] = await kept.records('readiness');

    expect(drift).toMatchObject({ open: 0, excused: 1 });
    expect(await uses()).toEqual([first.id]);
    expect(verdict === undefined ? [] : recordedEvidence(verdict.bundle).body['inputs']).toContain(first.records.at(-1));
  });
});

describe('a promotion under an exception', () => {
  it('ends as ready, and its bundle holds the exception that the verifier counts, too', async () => {
    const ended = await advanceUntil(await promote('1.42.0'), isKept);
    const [closure] = await bodies('promotion-closure', ended.id);
    const { files } = await exportBundle(world.ports, { promotion: ended.id, audience: 'full' }, requester);

    expect([ended.status, closure?.['exceptions']]).toEqual(['ready', [first.id]]);
    expect(Buffer.concat(files.map(({ bytes }) => bytes)).toString('utf8')).toContain(first.id);
    expect(await verified(ended)).toBe('verified');
  });
});

describe('a revocation', () => {
  it('takes readiness away, and the next promotion waits, as the verifier would have it', async () => {
    await revokeException(world.ports, { id: first.id, reason: 'it hid a slow start' }, approver);
    const { drift } = await kept.verdict('blocked');
    const id = await promote('1.41.0');
    await advanceUntil(id, ({ status, blockers }) => status === 'validating' && blockers.some(({ code }) => code === 'drift-found'));
    const { files } = await exportBundle(world.ports, { promotion: id, audience: 'full' }, requester);
    const report = await judge(tarOf(files), trustPolicyOf(await world.ports.evidenceLog.keys(), undefined));

    expect([drift, await uses()]).toMatchObject([{ open: 1, excused: 0 }, [undefined]]);
    expect(await bodies('readiness', id)).toMatchObject([{ verdict: 'blocked' }]);
    // It has no end yet, and that is all that is wrong with it.
    expect(report).toMatchObject({ failures: [], subject: { readiness: { verdict: 'blocked', recomputed: true } } });
  });

  it('stays in the bundle of what another exception lets pass', async () => {
    const [open] = await world.ports.store.read((reader) => reader.promotions.open(kept.environment));
    if (open === undefined) throw new Error('nothing is open');
    second = await request(30_000);
    await approveException(world.ports, second.id, approver);
    const ended = await advanceUntil(open.id, isKept);

    expect(await bodies('readiness', ended.id)).toMatchObject([{ verdict: 'blocked' }, { verdict: 'ready' }]);
    expect((await bodies('promotion-closure', ended.id))[0]?.['exceptions']).toEqual([second.id]);
    expect(await verified(ended)).toBe('verified');
  });
});

describe('the end of an exception', () => {
  it('is when the environment is judged again, and no longer ready', async () => {
    const { id } = await world.ports.store.read(async (reader) => Promotion.parse(await reader.promotions.intended(kept.environment)));
    const due = await vi.waitUntil(async () => {
      await advancePromotion(world.ports, id);
      const row = await world.database.database.kysely
        .selectFrom('fairlead.promotion')
        .select('wake_at')
        .where('id', '=', id)
        .where('claimed_by', 'is', null)
        .executeTakeFirst();
      return row?.wake_at ?? undefined;
    }, patiently);
    await vi.waitUntil(async () => (await kept.status()).readiness.verdict === 'blocked', patiently);

    expect(due.getTime()).toBeLessThanOrEqual(Date.parse(second.expiresAt));
    expect(await uses()).toEqual([undefined]);
    await expect(approveException(world.ports, second.id, requester)).rejects.toMatchObject({ code: 'exception-over' });
  });
});
