import type { CoverageGap, JsonObject } from '@fairlead/domain';
import { expect, it } from 'vitest';
import type { ObjectEvent } from '../ports/cluster.ts';
import { KnownKinds } from './known-kinds.ts';

const at = '2026-01-01T12:00:00.000Z';
const definitions = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' };
const forbidden: CoverageGap = { ...definitions, reason: 'forbidden', since: at };

function known(gaps: readonly CoverageGap[] = []) {
  const listeners: ((event: ObjectEvent) => void)[] = [];
  const told = (event: ObjectEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const said = { reads: 0, changes: 0, stopped: 0, now: Date.parse(at), told };
  const kinds = new KnownKinds({
    clock: { now: () => new Date(said.now) },
    changed: () => (said.changes += 1),
    cluster: {
      servedKinds: () => {
        said.reads += 1;
        return Promise.resolve({ kinds: [], gaps: [] });
      },
      customSchemas: () => Promise.resolve({}),
      watchObjects: (_scope, tell) => {
        listeners.push(tell);
        const stop = () => Promise.resolve((said.stopped += 1)).then(() => undefined);
        return Promise.resolve({ coverage: () => ({ kinds: [], namespaces: [], gaps }), freshAt: () => undefined, stop });
      },
    },
  });
  return { said, kinds };
}

function applied(name: string): ObjectEvent {
  const object: JsonObject = { metadata: { name } };
  return { kind: 'applied', live: { ref: { ...definitions, name }, uid: name, resourceVersion: '1', object }, at };
}

it('reads the kinds of a cluster once, however long it watches their definitions', async () => {
  const { said, kinds } = known();

  const first = await kinds.of('eu');
  said.now += 3_600_000;

  expect(await kinds.of('eu')).toBe(first);
  expect(said.reads).toBe(1);
});

it('reads them again after a definition changed, but for those that are told at the beginning', async () => {
  const { said, kinds } = known();
  await kinds.of('eu');
  said.told(applied('first'));
  said.told({ kind: 'in-sync', of: definitions, at });
  expect(said.changes).toBe(0);

  said.told(applied('second'));
  await kinds.of('eu');

  expect([said.changes, said.reads]).toEqual([1, 2]);
});

it('reads them again after a while where it may not watch definitions', async () => {
  const { said, kinds } = known([forbidden]);
  await kinds.of('eu');
  said.now += 60_000;
  await kinds.of('eu');
  expect(said.reads).toBe(1);

  said.now += 600_000;
  await kinds.of('eu');

  expect(said.reads).toBe(2);
});

it('watches each cluster once, and ends that when it is stopped', async () => {
  const { said, kinds } = known();
  await Promise.all([kinds.of('eu'), kinds.of('eu'), kinds.of('us')]);

  await kinds.stop();

  expect([said.reads, said.stopped]).toEqual([2, 2]);
});
