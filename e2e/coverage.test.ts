import { EnvironmentId, recordedEvidence, textAt, type JsonObject } from '@fairlead/domain';
import type { EnginePorts } from '@fairlead/engine';
import { clusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEngineWorld, type EngineWorld } from './boundaries/engine-world.ts';
import { observeWorld, type WorldObserver } from './drift/observe-world.ts';

const dev = EnvironmentId.parse('platform-control/dev-control-rke2');
const staging = EnvironmentId.parse('platform-control/staging');
const application = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/platform-control-dev-control-rke2';
const patiently = { timeout: 60_000, interval: 50 };
const hour = 3_600_000;

let world: EngineWorld;
let ports: EnginePorts;
let aheadMs = 0;

/** One environment is delivered, the other two never were. */
beforeAll(async () => {
  world = await startEngineWorld({ observed: false });
  ports = { ...world.ports, clock: { now: () => new Date(Date.now() + aheadMs) } };
  const hand = await clusterHand(world.example.kubeconfigPath);
  const revision = (await world.example.developer.log('-1', '--format=%H', 'origin/main')).trim();
  await hand.patch(application, { operation: { sync: { revision, syncStrategy: { hook: {} } } } });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** Newest first. */
async function coverage(environment: EnvironmentId): Promise<readonly JsonObject[]> {
  const filter = { environment, type: 'observation-coverage' } as const;
  const { items } = await ports.store.read((reader) => reader.evidence.list(filter, { limit: 20 }));
  return items.map(({ bundle }) => recordedEvidence(bundle).body);
}

async function isSeen(): Promise<void> {
  await vi.waitUntil(async () => {
    const [seen] = await ports.store.read((reader) => reader.drift.observations(dev));
    return seen?.observation.complete === true && seen.freshAt !== undefined && Date.parse(seen.freshAt) > Date.now() + aheadMs - 2_000;
  }, patiently);
}

async function watched(observer: string, work: (watching: WorldObserver) => Promise<void>): Promise<void> {
  const watching = await observeWorld(ports, observer);
  await work(watching).finally(() => watching[Symbol.asyncDispose]());
}

describe('the account of what was observed', () => {
  it('is written when a server ends, with what was seen', async () => {
    await watched('first', isSeen);
    const [account, ...earlier] = await coverage(dev);

    expect(earlier).toEqual([]);
    expect(account).toMatchObject({ target: 'sandbox/argocd/platform-control-dev-control-rke2', observer: 'first' });
    expect(account?.['kinds']).toEqual(expect.arrayContaining(['apps/v1/Deployment', 'v1/Pod']));
    expect(spanMs(account)).toBeGreaterThan(0);
  });

  it('names a target that there was nothing to see of, and why', async () => {
    const [account] = await coverage(staging);

    expect(account).toMatchObject({ complete: false });
    expect(JSON.stringify(account?.['unobserved'])).toContain('nothing is known to be delivered yet');
  });

  it('goes on without a hole, names the time in which no server watched, and comes every hour', async () => {
    const [first] = await coverage(dev);
    aheadMs = hour;
    await watched('second', async () => {
      await vi.waitUntil(async () => (await coverage(dev)).length > 1, patiently);
    });
    const [second] = (await coverage(dev)).toReversed().slice(1);

    expect(second).toMatchObject({ since: first?.['until'], complete: false });
    expect(second?.['unobserved']).toMatchObject([{ from: first?.['until'], reason: 'no server watched, or it ended without an account' }]);
  });

  it('has no hole between one and the next, whoever watched', async () => {
    aheadMs = 2 * hour;
    const before = (await coverage(dev)).length;
    await watched('third', async () => {
      await vi.waitUntil(async () => (await coverage(dev)).length > before, patiently);
    });
    const accounts = (await coverage(dev)).toReversed();

    expect(accounts.slice(1).map(({ since }) => since)).toEqual(accounts.slice(0, -1).map(({ until }) => until));
    expect(accounts.length).toBeGreaterThan(2);
  });
});

function spanMs(account: JsonObject | undefined): number {
  return Date.parse(textAt(account, 'until') ?? '') - Date.parse(textAt(account, 'since') ?? '');
}
