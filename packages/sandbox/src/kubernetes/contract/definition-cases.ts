import { KubernetesObjectApi } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import type { JsonObject } from '../json/json.ts';
import { objectAt, objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import type { ContractWorld } from './contract-world.ts';

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const schema = { openAPIV3Schema: { type: 'object', properties: { spec: open, status: open } } };
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

interface Defined {
  readonly group: string;
  readonly resource: string;
  readonly name: string;
}

/** A kind in a group named after the namespace, so that cases don't meet; served when this returns. */
async function define({ ok, namespace }: ContractWorld, subresources: JsonObject): Promise<Defined> {
  const group = `${namespace}.example.test`;
  const name = `pools.${group}`;
  const version = { name: 'v1', served: true, storage: true, schema, subresources };
  const names = { kind: 'Pool', plural: 'pools', singular: 'pool', listKind: 'PoolList' };
  await ok('POST', definitions, { body: { metadata: { name }, spec: { group, scope: 'Namespaced', names, versions: [version] } } });
  return { group, resource: `${group}/v1/pools`, name };
}

async function served({ untilIn, path, call }: ContractWorld, { resource, name }: Defined): Promise<void> {
  await untilIn(definitions, name, (definition) => {
    return objectsAt(definition, 'status', 'conditions').some(({ type, status }) => type === 'Established' && status === 'True');
  });
  // A real server serves the kind a moment after it says so.
  while ((await call('GET', path(resource))).code === 404);
}

const merge = { contentType: 'application/merge-patch+json' };
const pool = { apiVersion: '', kind: 'Pool', metadata: { name: 'one' }, spec: { size: 1 }, status: { size: 0 } };

const cases: readonly ContractCase[] = [
  {
    behaviour: 'serves a kind as long as its definition exists',
    run: async (world) => {
      const defined = await define(world, {});
      await served(world, defined);
      const body = { ...pool, apiVersion: `${defined.group}/v1` };

      const created = await world.ok('POST', world.path(defined.resource), { body });
      const list = await world.ok('GET', world.path(defined.resource));
      const discovered = await world.ok('GET', `/apis/${defined.group}/v1`);

      assert.deepEqual([created['kind'], list['kind'], objectsAt(list, 'items')[0]], ['Pool', 'PoolList', created]);
      assert.deepEqual(
        objectsAt(discovered, 'resources').map((resource) => [resource['name'], resource['kind'], resource['namespaced']]),
        [['pools', 'Pool', true]],
      );
      await world.ok('DELETE', `${definitions}/${defined.name}`);
      await world.gone(defined.resource, 'one');
    },
  },
  {
    behaviour: 'keeps status and spec apart where the definition has a status subresource',
    run: async (world) => {
      const defined = await define(world, { status: {} });
      await served(world, defined);
      const target = world.path(defined.resource, 'one');
      const created = await world.ok('POST', world.path(defined.resource), { body: { ...pool, apiVersion: `${defined.group}/v1` } });

      const main = await world.ok('PATCH', target, { ...merge, body: { spec: { size: 2 }, status: { size: 9 } } });
      const status = await world.ok('PATCH', `${target}/status`, { ...merge, body: { spec: { size: 9 }, status: { size: 2 } } });

      assert.equal(objectAt(created, 'status')['size'], undefined);
      assert.notEqual(objectAt(main, 'status')['size'], 9);
      assert.deepEqual([status['spec'], objectAt(status, 'status')['size']], [{ size: 2 }, 2]);
      assert.deepEqual(
        [main, status].map((one) => objectAt(one, 'metadata')['generation']),
        [2, 2],
      );
      await world.ok('DELETE', `${definitions}/${defined.name}`);
    },
  },
  {
    behaviour: 'takes status for content where the definition has no status subresource',
    run: async (world) => {
      const defined = await define(world, {});
      await served(world, defined);
      const target = world.path(defined.resource, 'one');
      const created = await world.ok('POST', world.path(defined.resource), { body: { ...pool, apiVersion: `${defined.group}/v1` } });

      const changed = await world.ok('PATCH', target, { ...merge, body: { status: { size: 1 } } });
      const absent = await world.call('GET', `${target}/status`);

      assert.deepEqual([created['status'], changed['status']], [{ size: 0 }, { size: 1 }]);
      assert.deepEqual(
        [created, changed].map((one) => objectAt(one, 'metadata')['generation']),
        [1, 2],
      );
      assert.equal(absent.code, 404);
      await world.ok('DELETE', `${definitions}/${defined.name}`);
    },
  },
  {
    behaviour: 'has no strategic merge for custom resources and replaces them only by version',
    run: async (world) => {
      const defined = await define(world, {});
      await served(world, defined);
      const target = world.path(defined.resource, 'one');
      const body = { ...pool, apiVersion: `${defined.group}/v1` };
      await world.ok('POST', world.path(defined.resource), { body });

      const strategic = await world.call('PATCH', target, { body: { spec: {} }, contentType: 'application/strategic-merge-patch+json' });
      const blind = await world.call('PUT', target, { body });

      world.refused(strategic, 415, 'UnsupportedMediaType');
      world.refused(blind, 422, 'Invalid');
      await world.ok('DELETE', `${definitions}/${defined.name}`);
    },
  },
  {
    behaviour: 'serves the generic client of the library by discovery',
    run: async ({ kubeConfig, namespace }) => {
      const api = KubernetesObjectApi.makeApiClient(kubeConfig);
      const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace } };

      await api.create(role);
      const created = await api.read(role);
      const list = await api.list('rbac.authorization.k8s.io/v1', 'Role', namespace);

      assert.match(created.metadata?.uid ?? '', /^[0-9a-f-]{36}$/);
      assert.deepEqual(
        list.items.map(({ metadata }) => metadata?.name),
        ['reader'],
      );
    },
  },
  {
    behaviour: 'lists its groups, versions and resources',
    run: async ({ ok }) => {
      const groups = objectsAt(await ok('GET', '/apis'), 'groups').map((group) => textAt(group, 'name'));
      const apps = objectsAt(await ok('GET', '/apis/apps/v1'), 'resources').map((resource) => resource['name']);
      const { major } = objectAt(await ok('GET', '/version'));

      assert.ok(
        ['apps', 'batch', 'networking.k8s.io', 'apiextensions.k8s.io'].every((group) => groups.includes(group)),
        groups.join(),
      );
      assert.ok(['deployments', 'deployments/scale', 'deployments/status'].every((resource) => apps.includes(resource)));
      assert.equal(major, '1');
    },
  },
];

/** Kinds that come and go with their definition, and how clients find kinds at all. */
export function definitionCases(): readonly ContractCase[] {
  return cases;
}
