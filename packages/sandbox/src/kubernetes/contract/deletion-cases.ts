import assert from 'node:assert/strict';
import type { JsonObject } from '../json/json.ts';
import { objectAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import type { ContractWorld } from './contract-world.ts';

async function createOwned({ ok, path }: ContractWorld): Promise<void> {
  const owner = await ok('POST', path('configmaps'), { body: { metadata: { name: 'owner' } } });
  const reference: JsonObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'owner',
    uid: textAt(owner, 'metadata', 'uid') ?? '',
    blockOwnerDeletion: true,
  };
  await ok('POST', path('configmaps'), { body: { metadata: { name: 'owned', ownerReferences: [reference] } } });
}

const cases: readonly ContractCase[] = [
  {
    behaviour: 'answers a finished deletion with what was deleted',
    run: async ({ ok, path }) => {
      const created = await ok('POST', path('configmaps'), { body: { metadata: { name: 'one' } } });

      const answer = await ok('DELETE', path('configmaps', 'one'));

      assert.deepEqual([answer['kind'], answer['status']], ['Status', 'Success']);
      assert.deepEqual(answer['details'], { name: 'one', kind: 'configmaps', uid: textAt(created, 'metadata', 'uid') });
    },
  },
  {
    behaviour: 'keeps an object until its finalizers are gone',
    run: async ({ ok, gone, path }) => {
      const merge = { contentType: 'application/merge-patch+json' };
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one', finalizers: ['example.test/hold'] } } });

      const marked = await ok('DELETE', path('configmaps', 'one'));
      const again = await ok('DELETE', path('configmaps', 'one'));

      assert.match(textAt(marked, 'metadata', 'deletionTimestamp') ?? '', /Z$/);
      assert.equal(textAt(again, 'metadata', 'deletionTimestamp'), textAt(marked, 'metadata', 'deletionTimestamp'));
      await ok('PATCH', path('configmaps', 'one'), { ...merge, body: { metadata: { finalizers: null } } });
      await gone('configmaps', 'one');
    },
  },
  {
    behaviour: 'adds no finalizer to an object that is going away',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one', finalizers: ['example.test/hold'] } } });
      await ok('DELETE', path('configmaps', 'one'));

      const body = { metadata: { finalizers: ['example.test/hold', 'example.test/more'] } };
      const answer = await call('PATCH', path('configmaps', 'one'), { body, contentType: 'application/merge-patch+json' });

      refused(answer, 422, 'Invalid');
      await ok('PATCH', path('configmaps', 'one'), { body: { metadata: { finalizers: [] } }, contentType: 'application/merge-patch+json' });
    },
  },
  {
    behaviour: 'deletes only the object that is meant',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one' } } });

      const body = { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } };
      refused(await call('DELETE', path('configmaps', 'one'), { body }), 409, 'Conflict');
    },
  },
  {
    behaviour: 'collects what its owner leaves behind',
    run: async (world) => {
      await createOwned(world);

      await world.ok('DELETE', world.path('configmaps', 'owner'));

      await world.gone('configmaps', 'owned');
    },
  },
  {
    behaviour: 'waits for the owned when the owner is deleted in the foreground',
    run: async (world) => {
      await createOwned(world);

      const marked = await world.ok('DELETE', world.path('configmaps', 'owner'), { body: { propagationPolicy: 'Foreground' } });

      assert.deepEqual(objectAt(marked, 'metadata')['finalizers'], ['foregroundDeletion']);
      await world.gone('configmaps', 'owner');
      world.refused(await world.call('GET', world.path('configmaps', 'owned')), 404, 'NotFound');
    },
  },
  {
    behaviour: 'leaves the owned alone when the owner orphans them',
    run: async (world) => {
      await createOwned(world);

      await world.ok('DELETE', world.path('configmaps', 'owner'), { body: { propagationPolicy: 'Orphan' } });

      await world.gone('configmaps', 'owner');
      const left = await world.ok('GET', world.path('configmaps', 'owned'));
      assert.equal(objectAt(left, 'metadata')['ownerReferences'], undefined);
    },
  },
  {
    behaviour: 'deletes the selected of a collection',
    run: async ({ ok, call, refused, path }) => {
      for (const name of ['a', 'b']) await ok('POST', path('configmaps'), { body: { metadata: { name, labels: { name } } } });

      await ok('DELETE', path('configmaps'), { query: { labelSelector: 'name=a' } });

      refused(await call('GET', path('configmaps', 'a')), 404, 'NotFound');
      await ok('GET', path('configmaps', 'b'));
    },
  },
  {
    behaviour: 'empties a namespace before it goes, and takes nothing new meanwhile',
    run: async ({ ok, call, refused, gone, path, namespace }) => {
      const merge = { contentType: 'application/merge-patch+json' };
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one', finalizers: ['example.test/hold'] } } });

      const marked = await ok('DELETE', `/api/v1/namespaces/${namespace}`);

      assert.equal(textAt(marked, 'status', 'phase'), 'Terminating');
      const late = refused(await call('POST', path('configmaps'), { body: { metadata: { name: 'late' } } }), 403, 'Forbidden');
      assert.match(textAt(late, 'message') ?? '', /because it is being terminated$/);
      await ok('PATCH', path('configmaps', 'one'), { ...merge, body: { metadata: { finalizers: null } } });
      await gone('configmaps', 'one');
    },
  },
];

/** How objects go, and what goes with them. */
export function deletionCases(): readonly ContractCase[] {
  return cases;
}
