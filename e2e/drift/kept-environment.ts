import { EnvironmentId, hasEnded, type DriftItem, type EnvironmentStatus, type EvidenceType, type Promotion } from '@fairlead/domain';
import { advancePromotion, readStatus, startPromotion, type StoredRecord } from '@fairlead/engine';
import { expect, vi } from 'vitest';
import { requester, storedPromotion, type EngineWorld } from '../boundaries/engine-world.ts';

const environment = EnvironmentId.parse('platform-control/dev-control-rke2');
export const patiently = { timeout: 60_000, interval: 50 };

/** An environment of the example's that was promoted to, and that a worker keeps. */
export interface KeptEnvironment {
  readonly environment: EnvironmentId;
  /** As people see it, after the worker has had its turn. */
  status(): Promise<EnvironmentStatus>;
  verdict(expected: EnvironmentStatus['readiness']['verdict']): Promise<EnvironmentStatus>;
  openDrift(): Promise<readonly DriftItem[]>;
  /** Waits for the one of `class Kind/name/path`. */
  found(what: RegExp): Promise<DriftItem>;
  records(type: EvidenceType): Promise<readonly StoredRecord[]>;
}

export async function keptEnvironment(world: EngineWorld): Promise<KeptEnvironment> {
  const { id } = await promoted(world);
  const { store } = world.ports;
  const openDrift = (): Promise<readonly DriftItem[]> => store.read((reader) => reader.drift.open(environment));
  const status = async (): Promise<EnvironmentStatus> => {
    const intended = await store.read((reader) => reader.promotions.intended(environment));
    await advancePromotion(world.ports, intended === 'absent' ? id : intended.id);
    const [found] = await readStatus(world.ports, { environment: 'dev-control-rke2' });
    if (found === undefined) throw new Error('no status');
    return found;
  };
  return {
    environment,
    status,
    openDrift,
    verdict: (expected) =>
      vi.waitFor(async () => {
        const seen = await status();
        expect(seen.readiness.verdict, JSON.stringify(seen.readiness.blockers)).toBe(expected);
        return seen;
      }, patiently),
    found: (what) =>
      vi.waitFor(async () => {
        const open = await openDrift();
        const item = open.find((one) => what.test(`${one.class} ${one.object.kind}/${one.object.name}${one.path}`));
        if (item === undefined) throw new Error(`no ${String(what)} among ${JSON.stringify(open.map(({ path }) => path))}`);
        return item;
      }, patiently),
    records: async (type) => (await store.read((reader) => reader.evidence.list({ environment, type }, { limit: 500 }))).items,
  };
}

async function promoted(world: EngineWorld): Promise<Promotion> {
  const started = await startPromotion(world.ports, { environment, release: '1.41.0', dryRun: false }, requester);
  if (started.kind !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  const { id } = started.promotion;
  await vi.waitUntil(async () => {
    await advancePromotion(world.ports, id);
    return hasEnded((await storedPromotion(world, id)).status);
  }, patiently);
  return storedPromotion(world, id);
}
