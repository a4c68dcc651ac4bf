import {
  ActorId,
  DriftId,
  DriftItem,
  EnvironmentId,
  ExceptionId,
  noteName,
  observerLease,
  PolicyException,
  ReconciliationTask,
  type TargetObservation,
} from '@fairlead/domain';
import type { Lease, Leases, Store } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresLeases } from '../leases/postgres-leases.ts';
import { commit, someDigest } from '../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { postgresStore } from './postgres-store.ts';

let db: TestDatabase;
let store: Store;
let leases: Leases;
let lease: Lease;

const target = 'eu/argocd/shop';

beforeAll(async () => {
  db = await testDatabase();
  store = postgresStore({ database: db.database, log: { logId: 1 }, claimMs: 60_000 });
  leases = postgresLeases({ database: db.database, holder: 'test', leaseMs: 60_000 });
  const taken = await leases.take(observerLease('eu'));
  if (taken === 'held') throw new Error('held');
  lease = taken;
});
afterAll(() => db[Symbol.asyncDispose]());

function item(n: number, changes: Partial<DriftItem> = {}): DriftItem {
  return DriftItem.parse({
    id: DriftId.parse(`d-${String(n).padStart(32, '0')}`),
    class: 'changed',
    severity: 'config',
    object: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    path: '/spec/replicas',
    desired: 1,
    live: 3,
    by: { manager: 'kubectl', operation: 'Update' },
    target,
    firstSeen: '2026-01-01T10:00:00.000Z',
    lastSeen: '2026-01-01T10:00:00.000Z',
    ...changes,
  });
}

function observation(environment: EnvironmentId): TargetObservation {
  return {
    environment,
    target,
    cluster: 'eu',
    observer: 'test',
    desired: { commit, digest: someDigest('desired') },
    inventory: someDigest('inventory'),
    complete: true,
    coverage: { kinds: ['apps/v1/Deployment'], namespaces: ['shop'], gaps: [] },
    objects: 1,
    at: '2026-01-01T10:00:00.000Z',
  };
}

describe('differences', () => {
  it('are written and written over by their id, and listed newest first, by page and filter', async () => {
    const environment = EnvironmentId.parse('shop/listed');
    await store.transact((tx) => tx.write.drift.save(environment, [item(1), item(2), item(3)], lease));
    await store.transact((tx) => tx.write.drift.save(environment, [item(2, { resolvedAt: '2026-01-01T11:00:00.000Z' })], lease));

    const open = await store.read(({ drift }) => drift.open(environment));
    expect(open).toEqual([item(1), item(3)]);
    const page = await store.read(({ drift }) => drift.list({ environment }, { limit: 2 }));
    expect(page.items.map(({ item: { id } }) => id)).toEqual([item(3).id, item(2).id]);
    const rest = await store.read(({ drift }) => drift.list({ environment }, { limit: 2, cursor: page.nextCursor ?? '' }));
    expect(rest.items).toEqual([{ environment, item: item(1) }]);
    expect((await store.read(({ drift }) => drift.list({ environment, open: true }, { limit: 9 }))).items).toHaveLength(2);
    expect(await store.read(({ drift }) => drift.open(environment, 'another'))).toEqual([]);
    expect(await store.read(({ drift }) => drift.get(item(9).id))).toBe('absent');
  });

  it('are not written by an observer that lost its lease', async () => {
    const environment = EnvironmentId.parse('shop/fenced');
    const lost = { ...lease, epoch: lease.epoch + 1 };

    await expect(store.transact((tx) => tx.write.drift.save(environment, [item(20)], lost))).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(store.transact((tx) => tx.write.drift.observed(observation(environment), lost))).rejects.toMatchObject({
      code: 'lease-lost',
    });
    expect(await store.read(({ drift }) => drift.open(environment))).toEqual([]);
  });
});

describe('observations', () => {
  it('are as fresh as the notes of their observer say', async () => {
    const environment = EnvironmentId.parse('shop/observed');
    const seen = observation(environment);
    await store.transact((tx) => tx.write.drift.observed(seen, lease));
    expect(await store.read(({ drift }) => drift.observations(environment))).toEqual([{ observation: seen }]);

    await leases.renew({ ...lease, notes: { fresh: { [noteName(seen)]: '2026-01-01T10:00:05.000Z' } } });
    expect(await store.read(({ drift }) => drift.observations(environment))).toEqual([
      { observation: seen, freshAt: '2026-01-01T10:00:05.000Z' },
    ]);
  });
});

describe('exceptions', () => {
  it('are changed under a lock, and found until they expire', async () => {
    const environment = EnvironmentId.parse('shop/excused');
    const exception = PolicyException.parse({
      id: ExceptionId.parse(`x-${'0'.repeat(26)}`),
      environment,
      drift: [item(1).id],
      reason: 'debugging',
      requestedBy: 'local:ada',
      requestedAt: '2026-01-01T10:00:00.000Z',
      approvals: [],
      notBefore: '2026-01-01T10:00:00.000Z',
      expiresAt: '2026-01-01T12:00:00.000Z',
      records: [someDigest('requested')],
    });
    await store.transact((tx) => tx.write.exceptions.insert(exception));
    const approve = (by: string) =>
      store.transact((tx) =>
        tx.write.exceptions.change(exception.id, (before) =>
          PolicyException.parse({ ...before, approvals: [...before.approvals, { by, at: '2026-01-01T10:01:00.000Z' }] }),
        ),
      );
    await Promise.all([approve('local:bob'), approve('local:eve')]);

    const found = await store.read(({ exceptions }) => exceptions.get(exception.id));
    expect(found !== 'absent' && found.approvals).toHaveLength(2);
    const before = new Date('2026-01-01T11:59:59.999Z');
    expect(await store.read(({ exceptions }) => exceptions.unexpired(environment, before))).toHaveLength(1);
    expect(await store.read(({ exceptions }) => exceptions.unexpired(environment, new Date('2026-01-01T12:00:00.000Z')))).toEqual([]);
    expect((await store.read(({ exceptions }) => exceptions.list({ environment }, { limit: 5 }))).items).toHaveLength(1);
  });
});

describe('tasks', () => {
  it('are open until they are closed', async () => {
    const environment = EnvironmentId.parse('shop/tasks');
    const task = ReconciliationTask.parse({
      id: `t-${'0'.repeat(26)}`,
      environment,
      target,
      object: item(1).object,
      drift: [item(1).id],
      managers: ['kubectl'],
      owner: 'operators',
      openedAt: '2026-01-01T10:00:00.000Z',
      dueAt: '2026-01-03T10:00:00.000Z',
      record: someDigest('task'),
    });
    await store.transact((tx) => tx.write.tasks.save(task));
    expect(await store.read(({ tasks }) => tasks.open(environment))).toEqual([task]);

    const closed = { by: ActorId.parse('local:ada'), at: '2026-01-02T10:00:00.000Z', reason: 'undone' };
    await store.transact((tx) => tx.write.tasks.change(task.id, (before) => ({ ...before, closed })));
    expect(await store.read(({ tasks }) => tasks.open(environment))).toEqual([]);
    expect((await store.read(({ tasks }) => tasks.list({ environment }, { limit: 5 }))).items).toEqual([{ ...task, closed }]);
  });
});
