import { join } from 'node:path';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { argoCdDelivery } from '@fairlead/adapters/delivery/argocd';
import { fluxDelivery } from '@fairlead/adapters/delivery/flux';
import { localForge } from '@fairlead/adapters/forge/local';
import { gitRepository } from '@fairlead/adapters/git';
import { postgresLocalChanges, postgresStore } from '@fairlead/adapters/postgres';
import { testDatabase } from '@fairlead/adapters/postgres/testing';
import { fileSigner } from '@fairlead/adapters/signer';
import { ActorId, EnvironmentId, recordedEvidence, type Actor, type JsonObject, type SignedRecord } from '@fairlead/domain';
import { liftSuspensions, resumeTarget, suspendTarget } from '@fairlead/engine';
import { startExampleWorld } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example, history, service } from './world/paths.ts';
import { temporaryHome } from './world/stand.ts';

const environment = EnvironmentId.parse(`${service}/staging`);
const target = { controller: 'flux', cluster: 'sandbox', namespace: 'flux-system', name: 'platform-control-staging' } as const;
const actor: Actor = { id: ActorId.parse('local:rae'), issuer: 'local', subject: 'rae', amr: [], kind: 'person', groups: [] };
const noon = new Date('2026-11-23T12:00:00.000Z');
const later = new Date('2026-11-23T14:00:00.000Z');

const stack = new AsyncDisposableStack();
let ports: Parameters<typeof suspendTarget>[0];
let now = noon;

beforeAll(async () => {
  const home = stack.use(await temporaryHome()).path;
  const world = stack.use(await startExampleWorld({ folder: join(home, 'world'), example, history, controller: 'flux' }));
  const { database } = stack.use(await testDatabase());
  const git = stack.use(
    gitRepository({ name: 'env', url: world.repositoryUrl, mirrorDirectory: join(home, 'mirror.git'), surroundings: process.env }),
  );
  const forge = localForge({ git, changes: postgresLocalChanges(database), url: () => 'local:env' });
  const clusters = kubernetesClusters({ clusters: [{ name: 'sandbox', kubeconfig: { kind: 'file', path: world.kubeconfigPath } }] });
  ports = {
    store: postgresStore({ database, log: { logId: 1 }, claimMs: 1_000 }),
    signer: await fileSigner({ directory: join(home, 'keys') }),
    clock: { now: () => now },
    delivery: { argocd: argoCdDelivery({ clusters }), flux: fluxDelivery({ clusters }) },
    repositories: [{ name: 'env', branch: 'main', git, forge }],
  };
});
afterAll(() => stack.disposeAsync());

const request = { environment, reason: 'the database is moved', until: later };

async function isSuspended(): Promise<boolean> {
  const seen = await ports.delivery.flux.observe(target);
  return seen.kind === 'observed' && seen.controller === 'flux' && seen.suspended;
}

/** Oldest first. */
async function records(): Promise<readonly JsonObject[]> {
  const { items } = await ports.store.read((reader) => reader.evidence.list({ environment, type: 'suspension' }, { limit: 10 }));
  return items.map(({ bundle }) => recordedEvidence(bundle).body).toReversed();
}

/** As it was put on record when the installation still had the cluster. */
function environmentEvidenceOf({ cluster, until }: { readonly cluster: string; readonly until: string }): Promise<SignedRecord> {
  const name = `${cluster}/flux-system/shop`;
  return ports.signer.sign({
    type: 'suspension',
    at: noon.toISOString(),
    actor,
    service,
    environment,
    subjects: [{ name: environment, digest: { fairleadEnvironment: environment } }],
    body: { ...target, action: 'suspend', target: name, cluster, name: 'shop', reason: 'a move', until },
  });
}

describe('a suspension', () => {
  it.each([
    ['without a reason', { ...request, reason: ' ' }, 'a suspension needs a reason'],
    ['that is over', { ...request, until: noon }, 'is over already'],
    ['for a year', { ...request, until: new Date('2027-11-23T12:00:00.000Z') }, 'longer than the policy allows'],
    ['of another target', { ...request, target: 'sandbox/flux-system/other' }, 'has no target sandbox/flux-system/other'],
  ])('%s is refused, and nothing is on record', async (_what, refused, message) => {
    await expect(suspendTarget(ports, refused, actor)).rejects.toThrow(message);
    expect([await isSuspended(), await records()]).toEqual([false, []]);
  });

  it('is on record with its reason and its end, and is lifted when that comes', async () => {
    const outcome = await suspendTarget(ports, request, actor);
    const suspended = await isSuspended();
    const tooSoon = await liftSuspensions(ports);
    const still = await isSuspended();
    now = new Date(later.getTime() + 1);
    await liftSuspensions(ports);

    expect(outcome).toEqual({
      kind: 'suspended',
      suspension: { environment, target, reason: request.reason, by: 'local:rae', since: noon.toISOString(), until: later.toISOString() },
    });
    expect([suspended, tooSoon, still, await isSuspended()]).toEqual([true, [], true, false]);
    expect(await records()).toMatchObject([
      { action: 'suspend', target: 'sandbox/flux-system/platform-control-staging', reason: request.reason, actor: { id: 'local:rae' } },
      { action: 'resume', reason: 'its time is over', actor: { id: 'fairlead:engine' } },
    ]);
  });

  it('is lifted once', async () => {
    await liftSuspensions(ports);

    expect(await records()).toHaveLength(2);
  });

  it('by somebody else is left alone', async () => {
    await ports.delivery.flux.setSuspended(target, true);

    const outcome = await suspendTarget(ports, { ...request, until: new Date(now.getTime() + 60_000) }, actor);
    now = new Date(now.getTime() + 120_000);
    await liftSuspensions(ports);

    expect(outcome).toMatchObject({ kind: 'refused', code: 'suspended-by-others' });
    expect(await isSuspended()).toBe(true);
  });

  it('by somebody else can be ended, on record', async () => {
    const resumed = await resumeTarget(ports, { environment, reason: 'nobody knows why' }, actor);
    const again = await resumeTarget(ports, { environment, reason: 'to be sure' }, actor);

    expect([resumed.kind, again.kind, await isSuspended()]).toEqual(['resumed', 'not-suspended', false]);
    expect((await records()).at(-1)).toMatchObject({ action: 'resume', reason: 'nobody knows why', actor: { id: 'local:rae' } });
  });

  it('asked for once more is the same one, and goes by the new time where that is another', async () => {
    const first = new Date(now.getTime() + 60_000);
    const second = new Date(now.getTime() + 120_000);
    await suspendTarget(ports, { ...request, until: first }, actor);
    const count = (await records()).length;

    const same = await suspendTarget(ports, { ...request, until: first }, actor);
    const longer = await suspendTarget(ports, { ...request, until: second }, actor);
    now = new Date(first.getTime() + 1);
    await liftSuspensions(ports);
    const still = await isSuspended();
    now = new Date(second.getTime() + 1);
    await liftSuspensions(ports);

    expect([same.kind, longer.kind, (await records()).length - count]).toEqual(['exists', 'suspended', 2]);
    expect([still, await isSuspended()]).toEqual([true, false]);
  });

  it('of a cluster that the installation has no more keeps no other one suspended', async () => {
    await suspendTarget(ports, { ...request, until: new Date(now.getTime() + 60_000) }, actor);
    const other = environmentEvidenceOf({ cluster: 'gone', until: now.toISOString() });
    await ports.store.transact(async (tx) => tx.write.evidence.append(await other));
    now = new Date(now.getTime() + 120_000);

    const faults = await liftSuspensions(ports);

    expect([faults.map(({ code }) => code), await isSuspended()]).toEqual([['cluster-unknown'], false]);
  });
});
