import { readFile } from 'node:fs/promises';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { argoCdDelivery } from '@fairlead/adapters/delivery/argocd';
import { postgresLeases } from '@fairlead/adapters/postgres';
import type { EnginePorts } from '@fairlead/engine';
import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cutProxy, type CutProxy } from '../packages/adapters/src/http/testing/cut-proxy.ts';
import { startEngineWorld, type EngineWorld } from './boundaries/engine-world.ts';
import { keptEnvironment, patiently, type KeptEnvironment } from './drift/kept-environment.ts';
import { observeWorld, type WorldObserver } from './drift/observe-world.ts';

const settings = '/apis/apps/v1/namespaces/pc-dev/deployments/api';

let world: EngineWorld;
let hand: ClusterHand;
let kept: KeptEnvironment;
let wire: CutProxy;
let first: WorldObserver;
let second: WorldObserver;
const faults: unknown[] = [];

/** As another process, which sees the cluster by a wire that can be cut. */
async function portsOf(holder: string): Promise<EnginePorts> {
  const { example, ports, database } = world;
  const text = (await readFile(example.kubeconfigPath, 'utf8')).replace(example.kubernetesUrl, `http://127.0.0.1:${String(wire.port)}`);
  const timing = { reconnect: { minMs: 50, maxMs: 200 } };
  const clusters = kubernetesClusters({ clusters: [{ name: 'sandbox', kubeconfig: { kind: 'text', text } }], timing });
  return {
    ...ports,
    leases: postgresLeases({ database: database.database, holder, leaseMs: 1_200 }),
    cluster: clusters,
    delivery: { ...ports.delivery, argocd: argoCdDelivery({ clusters }) },
  };
}

const observer = async (): Promise<string | undefined> =>
  world.ports.store.read(async (reader) => (await reader.drift.observations(kept.environment))[0]?.observation.observer);

const label = (value: string | null): Promise<void> =>
  hand.patch(settings, { spec: { template: { metadata: { annotations: { 'example.com/by-hand': value } } } } });

beforeAll(async () => {
  world = await startEngineWorld({ observed: false });
  hand = await clusterHand(world.example.kubeconfigPath);
  wire = await cutProxy(new URL(world.example.kubernetesUrl));
  first = await observeWorld(await portsOf('first'), 'first', (error) => faults.push(error));
  kept = await keptEnvironment(world);
}, 120_000);

afterAll(async () => {
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  wire.close();
  await world[Symbol.asyncDispose]();
});

describe('two observers of one cluster', () => {
  it('take turns: the second waits while the first renews its lease', async () => {
    second = await observeWorld(await portsOf('second'), 'second', (error) => faults.push(error));
    await label('there');
    const item = await kept.found(/example\.com~1by-hand/);

    expect(item.by.manager).toBe('kubectl-edit');
    expect(await observer()).toBe('first');
  });

  it('the second goes on where the first was paused, and opens nothing again', async () => {
    const before = await kept.found(/example\.com~1by-hand/);
    const opened = (await kept.records('drift-opened')).length;
    first.freeze();
    await vi.waitUntil(async () => (await observer()) === 'second', patiently);

    const after = await kept.found(/example\.com~1by-hand/);
    expect(after).toMatchObject({ id: before.id, firstSeen: before.firstSeen, opened: before.opened });
    expect(await kept.records('drift-opened')).toHaveLength(opened);
  });

  it('the paused one, which still watches, is refused what it would write', async () => {
    await label(null);
    await kept.verdict('ready');

    expect(faults.map((fault) => (fault instanceof Error && 'code' in fault ? fault.code : fault))).toContain('lease-lost');
    expect(await kept.records('drift-resolved')).toHaveLength(1);
  });
});

describe('an API server that is gone', () => {
  it('leaves nothing green, and is green again by itself when it is back', async () => {
    await kept.verdict('ready');
    wire.cut();
    const unseen = await kept.verdict('unknown');

    expect(unseen.readiness.blockers.map(({ gate }) => gate)).toEqual(['drift']);
    wire.mend();
    await kept.verdict('ready');
    expect(await kept.openDrift()).toEqual([]);
  });
});

describe('an observer that sees nothing change', () => {
  it('says again and again that it still looks', async () => {
    const freshAt = async (): Promise<string | undefined> =>
      world.ports.store.read(async (reader) => (await reader.drift.observations(kept.environment))[0]?.freshAt);
    const before = await freshAt();
    await vi.waitUntil(async () => (await freshAt()) !== before, patiently);

    expect(Date.parse((await freshAt()) ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
  });
});
