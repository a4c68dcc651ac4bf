import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EnvironmentId,
  hasEnded,
  recordedEvidence,
  trustPolicyOf,
  type NewEvidence,
  type Promotion,
  type PromotionId,
} from '@fairlead/domain';
import { advancePromotion, explainPromotion, readKeptBundle, readStatus, startPromotion, type EnginePorts } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requester, startEngineWorld, storedPromotion, type EngineWorld } from './boundaries/engine-world.ts';
import { judge, lineOf } from './bundle/judge.ts';
import { example } from './world/paths.ts';

const environment = EnvironmentId.parse('platform-control/dev-control-rke2');
const patiently = { timeout: 60_000, interval: 50 };

let world: EngineWorld;
let closed: Promotion;

/** The first environment as one that people depend on, where nobody has to be asked. */
beforeAll(async () => {
  world = await startEngineWorld();
  const declared = await readFile(join(example, '.fairlead/environments/dev-control-rke2.yaml'), 'utf8');
  const policy = await readFile(join(example, '.fairlead/policies/default.yaml'), 'utf8');
  await world.example.developer.commit({
    branch: 'main',
    message: 'depend on it',
    files: {
      '.fairlead/environments/dev-control-rke2.yaml': declared
        .replace('tier: dev', 'tier: production')
        .replace('inputs: shared', 'inputs: pinned'),
      '.fairlead/policies/default.yaml': policy.replace('production: { count: 2,', 'production: { count: 0,'),
    },
  });
});
afterAll(() => world[Symbol.asyncDispose]());

async function start(release: string): Promise<PromotionId> {
  const started = await startPromotion(world.ports, { environment, release, dryRun: false }, requester);
  if (started.kind !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  return started.promotion.id;
}

async function advanceUntil(ports: EnginePorts, id: PromotionId, done: (promotion: Promotion) => boolean): Promise<Promotion> {
  await vi.waitUntil(async () => {
    await advancePromotion(ports, id);
    return done(await storedPromotion(world, id));
  }, patiently);
  return storedPromotion(world, id);
}

/** A store that gives no validation to whoever gathers a promotion's records: as where some were lost. */
function forgetful(ports: EnginePorts): EnginePorts {
  const { store } = ports;
  return {
    ...ports,
    store: {
      ...store,
      read: (work) =>
        store.read((reader) =>
          work({
            ...reader,
            evidence: {
              get: (digest) => reader.evidence.get(digest),
              async list(filter, paging) {
                const page = await reader.evidence.list(filter, paging);
                return filter.type === undefined ? { ...page, items: page.items.filter(({ type }) => type !== 'validation') } : page;
              },
            },
          }),
        ),
    },
  };
}

/** As one does that is tried again and again. */
async function lengthen({ id, service, release, content, plan }: Promotion, steps: number): Promise<void> {
  const { signer, store } = world.ports;
  const evidence = (step: number): NewEvidence => ({
    type: 'promotion-step',
    at: new Date().toISOString(),
    actor: requester,
    ...{ service, environment, promotion: id, release: release.digest, policy: { digest: content.policy } },
    subjects: [{ name: 'plan', digest: { sha256: plan.slice('sha256:'.length) } }],
    body: { step: 'look', key: String(step) },
  });
  const records = await Promise.all(Array.from({ length: steps }, (_, step) => signer.sign(evidence(step))));
  await store.transact(async (tx) => {
    for (const record of records) await tx.write.evidence.append(record);
  });
}

const isKept = ({ status, bundle }: Promotion): boolean => hasEnded(status) && bundle !== undefined;

describe('a promotion to production whose proof is not whole', () => {
  it('is not closed, and says what is missing', async () => {
    const id = await start('1.41.0');
    const waiting = await advanceUntil(forgetful(world.ports), id, ({ blockers }) => blockers.some(({ gate }) => gate === 'evidence'));
    const [status] = await readStatus(world.ports, { environment: 'dev-control-rke2' });
    const { summary, blockers } = await explainPromotion(world.ports, id);

    expect(waiting.status).toBe('validating');
    expect(status?.readiness.verdict).toBe('blocked');
    expect(status?.readiness.blockers).toMatchObject([{ gate: 'evidence', code: 'bundle-incomplete', observed: 'validation-missing' }]);
    expect([summary, blockers[0]?.message]).toEqual([
      expect.stringContaining('waits for evidence'),
      expect.stringContaining('no result of each required validation phase'),
    ]);

    closed = await advanceUntil(world.ports, id, isKept);
    expect(closed.status).toBe('ready');
  });
});

describe('the bundle of a promotion that has ended', () => {
  it('is made by itself, whole, with its digest on record', async () => {
    const { bundle } = closed;
    const { pieces, name, missing } = await readKeptBundle(world.ports, closed);
    const trust = trustPolicyOf(await world.ports.evidenceLog.keys(), undefined);

    expect([name, missing]).toEqual([`fairlead-platform-control-dev-control-rke2-${closed.id}.tar`, []]);
    expect(lineOf(await judge(new Uint8Array(Buffer.concat(pieces)), trust))).toBe('verified');
    const { items } = await world.ports.store.read((reader) => reader.evidence.list({ promotion: closed.id }, { limit: 50 }));
    expect(items.map((record) => recordedEvidence(record.bundle).body)).toContainEqual(
      expect.objectContaining({ step: 'keep-bundle', digest: bundle?.digest, size: bundle?.size, missing: [] }),
    );
  });

  it('is made once', async () => {
    await world.ports.store.transact((tx) => tx.write.wakes.promotion(closed.id));
    await advancePromotion(world.ports, closed.id);
    const journal = await world.ports.store.read((reader) => reader.promotions.journal(closed.id));

    expect((await storedPromotion(world, closed.id)).bundle).toEqual(closed.bundle);
    expect(journal.filter(({ step }) => step === 'keep-bundle')).toHaveLength(1);
  });

  it('is made of one that came to nothing, too, and says what it lacks', async () => {
    const replaced = await start('1.42.0');
    await lengthen(await storedPromotion(world, replaced), 1_100);
    await world.example.developer.commit({
      branch: 'main',
      message: 'change the policy',
      files: { '.fairlead/policies/zz-more.yaml': policy },
    });
    await startPromotion(world.ports, { environment, release: '1.42.0', dryRun: false }, requester);
    const ended = await advanceUntil(world.ports, replaced, isKept);
    const { pieces } = await readKeptBundle(world.ports, ended);

    expect([ended.status, ended.bundle?.missing]).toEqual(['replaced', expect.arrayContaining(['sync-missing', 'readiness-missing'])]);
    const trust = trustPolicyOf(await world.ports.evidenceLog.keys(), undefined);
    const report = await judge(new Uint8Array(Buffer.concat(pieces)), trust);
    expect(report).toMatchObject({ verdict: 'incomplete', failures: [] });
    // Whatever number of them: the closure lists them all, and the verifier counts.
    expect(report.counts.records).toBeGreaterThan(1_100);
  });

  it('is not given out where it is other than it was', async () => {
    const bundles: EnginePorts['bundles'] = { ...world.ports.bundles, read: () => Promise.resolve(Buffer.from('another')) };
    const lost: EnginePorts['bundles'] = { ...world.ports.bundles, read: () => Promise.resolve('absent') };

    await expect(readKeptBundle({ bundles }, closed)).rejects.toMatchObject({ code: 'bundle-changed' });
    await expect(readKeptBundle({ bundles: lost }, closed)).rejects.toMatchObject({ code: 'bundle-not-kept' });
  });
});

const policy = `apiVersion: fairlead.dev/v1
kind: Policy
metadata: { name: zz-more }
spec: { migrationEvidenceMaxAge: 3d }
`;
