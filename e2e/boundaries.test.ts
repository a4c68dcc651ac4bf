import { effectSteps, EnvironmentId, hasEnded, type Promotion, type PromotionId } from '@fairlead/domain';
import { advancePromotion, startPromotion, type EnginePorts } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { crashingPorts, Killed, type Boundary } from './boundaries/crashing-ports.ts';
import { requester, startEngineWorld, storedPromotion, type EngineWorld } from './boundaries/engine-world.ts';

const environment = EnvironmentId.parse('platform-control/dev-control-rke2');
const boundaries: readonly Boundary[] = effectSteps
  .filter((step) => step !== 'close-change')
  .flatMap((step) => [
    { step, when: 'before the effect' },
    { step, when: 'after the effect' },
  ]);
const patiently = { timeout: 45_000, interval: 50 };

let world: EngineWorld;
beforeAll(async () => {
  world = await startEngineWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

let promoted = 0;

/** The two releases by turns, so that there is always something to do. */
async function start(): Promise<Promotion> {
  promoted += 1;
  const started = await startPromotion(
    world.ports,
    { environment, release: promoted % 2 === 1 ? '1.41.0' : '1.42.0', dryRun: false },
    requester,
  );
  if (started.kind !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  return started.promotion;
}

/** As the worker does: whenever it is due. */
async function advanceToTheEnd(ports: EnginePorts, id: PromotionId): Promise<Promotion> {
  await vi.waitUntil(async () => {
    await advancePromotion(ports, id);
    const { status, bundle } = await storedPromotion(world, id);
    return hasEnded(status) && bundle !== undefined;
  }, patiently);
  return storedPromotion(world, id);
}

/** Argo CD's own count of the syncs that it made. */
const Synced = z.object({ status: z.object({ history: z.array(z.object({ revision: z.string() })) }) });

interface Trace {
  readonly status: string;
  readonly effects: readonly string[];
  readonly records: readonly string[];
  readonly merges: number;
  readonly syncs: number;
}

/** What a promotion left behind, here and in the world, without the names that differ each time. */
async function traceOf(promotion: Promotion): Promise<Trace> {
  const { journal, records } = await world.ports.store.read(async (reader) => ({
    journal: await reader.promotions.journal(promotion.id),
    records: (await reader.evidence.list({ promotion: promotion.id }, { limit: 500 })).items,
  }));
  const merged = await world.example.developer.log('origin/main', '--merges', '--format=%H', `--grep=${promotion.branch}`);
  const { status } = Synced.parse(await world.example.target('dev-control-rke2'));
  return {
    status: promotion.status,
    effects: journal.map(({ step, result }) => `${step} ${result?.how ?? 'open'}`),
    records: records.map(({ type }) => type).toSorted(),
    merges: merged.split('\n').filter((line) => line !== '').length,
    syncs: status.history.filter(({ revision }) => revision === promotion.mergeCommit).length,
  };
}

describe('a promotion whose process is killed', () => {
  let unharmed: Trace;

  it('leaves one commit, one merge and one sync when nothing happens to it', async () => {
    const promotion = await start();

    unharmed = await traceOf(await advanceToTheEnd(world.ports, promotion.id));

    expect(unharmed).toMatchObject({ status: 'ready', merges: 1, syncs: 1 });
  });

  it.each(boundaries)('at $step, $when, ends as it would have', async (boundary) => {
    const promotion = await start();
    const crashing = crashingPorts(world.ports, boundary);
    await vi.waitUntil(async () => {
      await advancePromotion(crashing.ports, promotion.id).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      return crashing.killed();
    }, patiently);

    const ended = await advanceToTheEnd(world.ports, promotion.id);

    expect(await traceOf(ended)).toEqual(unharmed);
  });
});
