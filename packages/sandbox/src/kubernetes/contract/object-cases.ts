import assert from 'node:assert/strict';
import { objectAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';

const settings = { metadata: { name: 'settings' }, data: { mode: 'dev' } };

const cases: readonly ContractCase[] = [
  {
    behaviour: 'gives a new object its identity and answers with all of it',
    run: async ({ ok, path, namespace }) => {
      const created = await ok('POST', path('configmaps'), { body: settings });

      assert.deepEqual([created['kind'], created['apiVersion'], created['data']], ['ConfigMap', 'v1', { mode: 'dev' }]);
      assert.equal(textAt(created, 'metadata', 'namespace'), namespace);
      assert.match(textAt(created, 'metadata', 'uid') ?? '', /^[0-9a-f-]{36}$/);
      assert.match(textAt(created, 'metadata', 'creationTimestamp') ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.deepEqual(await ok('GET', path('configmaps', 'settings')), created);
    },
  },
  {
    behaviour: 'makes up the end of a generated name',
    run: async ({ ok, path }) => {
      const body = { metadata: { generateName: 'run-' } };

      const names = [await ok('POST', path('configmaps'), { body }), await ok('POST', path('configmaps'), { body })].map((one) =>
        textAt(one, 'metadata', 'name'),
      );

      assert.ok(
        names.every((name) => /^run-[a-z0-9]{5}$/.test(name ?? '')),
        names.join(),
      );
      assert.notEqual(names[0], names[1]);
    },
  },
  {
    behaviour: 'refuses a second object of the same name',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('configmaps'), { body: settings });

      const status = refused(await call('POST', path('configmaps'), { body: settings }), 409, 'AlreadyExists');

      assert.equal(status['message'], 'configmaps "settings" already exists');
    },
  },
  {
    behaviour: 'says which object is not found',
    run: async ({ call, refused, path }) => {
      const status = refused(await call('GET', path('apps/v1/deployments', 'web')), 404, 'NotFound');

      assert.equal(status['message'], 'deployments.apps "web" not found');
      assert.deepEqual(status['details'], { name: 'web', group: 'apps', kind: 'deployments' });
    },
  },
  {
    behaviour: 'puts nothing into a namespace that does not exist',
    run: async ({ call, refused }) => {
      const status = refused(await call('POST', '/api/v1/namespaces/nowhere/configmaps', { body: settings }), 404, 'NotFound');

      assert.equal(status['message'], 'namespaces "nowhere" not found');
    },
  },
  {
    behaviour: 'replaces an object only from its newest version',
    run: async ({ ok, call, refused, path }) => {
      const first = await ok('POST', path('configmaps'), { body: settings });
      const second = await ok('PUT', path('configmaps', 'settings'), { body: { ...first, data: { mode: 'test' } } });

      const stale = await call('PUT', path('configmaps', 'settings'), { body: { ...first, data: { mode: 'late' } } });

      refused(stale, 409, 'Conflict');
      assert.notEqual(textAt(second, 'metadata', 'resourceVersion'), textAt(first, 'metadata', 'resourceVersion'));
      assert.deepEqual(await ok('GET', path('configmaps', 'settings')), second);
    },
  },
  {
    behaviour: 'takes a write that changes nothing for none',
    run: async ({ ok, path }) => {
      const created = await ok('POST', path('configmaps'), { body: settings });

      assert.deepEqual(await ok('PUT', path('configmaps', 'settings'), { body: created }), created);
    },
  },
  {
    behaviour: 'counts generations of the spec, not of labels',
    run: async ({ ok, path }) => {
      const body = { metadata: { name: 'web' }, spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } };
      const merge = { contentType: 'application/merge-patch+json' };
      const target = path('networking.k8s.io/v1/ingresses', 'web');
      const created = await ok('POST', path('networking.k8s.io/v1/ingresses'), { body });

      const labelled = await ok('PATCH', target, { ...merge, body: { metadata: { labels: { tier: 'edge' } } } });
      const changed = await ok('PATCH', target, { ...merge, body: { spec: { ingressClassName: 'other' } } });

      assert.deepEqual(
        [created, labelled, changed].map((one) => objectAt(one, 'metadata')['generation']),
        [1, 1, 2],
      );
    },
  },
  {
    behaviour: 'stores nothing of a dry run',
    run: async ({ ok, call, refused, path }) => {
      const body = { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };

      const answer = await ok('POST', path('services'), { body, query: { dryRun: 'All' } });

      assert.equal(textAt(answer, 'spec', 'type'), 'ClusterIP');
      refused(await call('GET', path('services', 'web')), 404, 'NotFound');
    },
  },
  {
    behaviour: 'keeps a secret by its encoded data alone',
    run: async ({ ok, path }) => {
      const secret = await ok('POST', path('secrets'), { body: { metadata: { name: 'key' }, stringData: { token: 'abc' } } });

      assert.deepEqual([secret['type'], secret['data'], secret['stringData']], ['Opaque', { token: 'YWJj' }, undefined]);
    },
  },
];

/** Objects one by one: identity, versions, and what is refused. */
export function objectCases(): readonly ContractCase[] {
  return cases;
}
