import assert from 'node:assert/strict';
import type { Json } from '../json/json.ts';
import { objectAt, objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import type { RawOptions } from './raw-request.ts';
import { deployment, secondImage } from './workloads.ts';

const mergePatch = (body: Json): RawOptions => ({ body, contentType: 'application/merge-patch+json' });
const jsonPatch = (body: Json): RawOptions => ({ body, contentType: 'application/json-patch+json' });
const strategicPatch = (body: Json): RawOptions => ({ body, contentType: 'application/strategic-merge-patch+json' });

function apply(fieldManager: string, body: Json, force = false): RawOptions {
  return { body, contentType: 'application/apply-patch+yaml', query: { fieldManager, ...(force && { force: 'true' }) } };
}

function settings(data: Readonly<Record<string, string>>): Json {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data };
}

const cases: readonly ContractCase[] = [
  {
    behaviour: 'merges a patch and removes what it says is null',
    run: async ({ ok, path }) => {
      await ok('POST', path('configmaps'), { body: settings({ mode: 'dev', level: 'info' }) });

      const patched = await ok('PATCH', path('configmaps', 'settings'), mergePatch({ data: { mode: null, colour: 'blue' } }));

      assert.deepEqual(patched['data'], { level: 'info', colour: 'blue' });
    },
  },
  {
    behaviour: 'takes a patch with a version only for that version',
    run: async ({ ok, call, refused, path }) => {
      const created = await ok('POST', path('configmaps'), { body: settings({ mode: 'dev' }) });
      await ok('PATCH', path('configmaps', 'settings'), mergePatch({ data: { mode: 'test' } }));
      const resourceVersion = textAt(created, 'metadata', 'resourceVersion') ?? '';

      const late = await call(
        'PATCH',
        path('configmaps', 'settings'),
        mergePatch({ metadata: { resourceVersion }, data: { mode: 'late' } }),
      );

      refused(late, 409, 'Conflict');
    },
  },
  {
    behaviour: 'carries out the operations of a JSON patch, or none',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('configmaps'), { body: settings({ mode: 'dev' }) });
      const add = { op: 'add', path: '/data/colour', value: 'blue' };

      const patched = await ok('PATCH', path('configmaps', 'settings'), jsonPatch([add, { op: 'remove', path: '/data/mode' }]));
      const failed = await call(
        'PATCH',
        path('configmaps', 'settings'),
        jsonPatch([add, { op: 'test', path: '/data/colour', value: 'red' }]),
      );

      assert.deepEqual(patched['data'], { colour: 'blue' });
      refused(failed, 422, 'Invalid');
      assert.deepEqual(await ok('GET', path('configmaps', 'settings')), patched);
    },
  },
  {
    behaviour: 'merges containers and variables by name in a strategic patch',
    run: async ({ ok, path }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web', { replicas: 0 }) });
      const env = [
        { name: 'MODE', value: 'test' },
        { name: 'LEVEL', value: 'info' },
      ];
      const containers = [
        { name: 'web', image: secondImage, env },
        { name: 'proxy', image: secondImage },
      ];

      const patched = await ok(
        'PATCH',
        path('apps/v1/deployments', 'web'),
        strategicPatch({ spec: { template: { spec: { containers } } } }),
      );

      const [web, proxy] = objectsAt(patched, 'spec', 'template', 'spec', 'containers');
      assert.deepEqual([web?.['name'], web?.['image'], proxy?.['name']], ['web', secondImage, 'proxy']);
      assert.deepEqual(web?.['env'], env);
      assert.equal(objectsAt(web, 'ports')[0]?.['containerPort'], 8080);
    },
  },
  {
    behaviour: 'deletes a list item that a strategic patch marks',
    run: async ({ ok, path }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web', { replicas: 0 }) });
      const containers = [{ name: 'web', env: [{ name: 'MODE', $patch: 'delete' }] }];

      const patched = await ok(
        'PATCH',
        path('apps/v1/deployments', 'web'),
        strategicPatch({ spec: { template: { spec: { containers } } } }),
      );

      const [web] = objectsAt(patched, 'spec', 'template', 'spec', 'containers');
      assert.deepEqual(objectsAt(web, 'env'), []);
    },
  },
  {
    behaviour: 'creates what is applied, and writes nothing when it is applied again',
    run: async ({ call, ok, path }) => {
      const wanted = apply('deployer', settings({ mode: 'dev' }));

      const first = await call('PATCH', path('configmaps', 'settings'), wanted);
      const second = await ok('PATCH', path('configmaps', 'settings'), wanted);

      assert.equal(first.code, 201);
      assert.deepEqual(second, first.body);
    },
  },
  {
    behaviour: 'removes a field that its only applier no longer sets',
    run: async ({ ok, path }) => {
      await ok('PATCH', path('configmaps', 'settings'), apply('deployer', settings({ mode: 'dev', level: 'info' })));
      await ok('PATCH', path('configmaps', 'settings'), apply('other', settings({ level: 'info' })));

      const left = await ok('PATCH', path('configmaps', 'settings'), apply('deployer', settings({})));

      assert.deepEqual(left['data'], { level: 'info' });
    },
  },
  {
    behaviour: 'names the manager and the field of a conflict, and lets force win',
    run: async ({ ok, call, refused, path }) => {
      await ok('PATCH', path('configmaps', 'settings'), apply('first', settings({ mode: 'dev' })));

      const answer = await call('PATCH', path('configmaps', 'settings'), apply('second', settings({ mode: 'test' })));
      const forced = await ok('PATCH', path('configmaps', 'settings'), apply('second', settings({ mode: 'test' }), true));

      const status = refused(answer, 409, 'Conflict');
      assert.equal(status['message'], 'Apply failed with 1 conflict: conflict with "first": .data.mode');
      assert.deepEqual(objectsAt(status, 'details', 'causes'), [
        { reason: 'FieldManagerConflict', message: 'conflict with "first"', field: '.data.mode' },
      ]);
      assert.deepEqual(forced['data'], { mode: 'test' });
      assert.deepEqual(
        objectsAt(forced, 'metadata', 'managedFields').map((entry) => entry['manager']),
        ['second'],
      );
    },
  },
  {
    behaviour: 'lets two appliers agree on a value',
    run: async ({ ok, path }) => {
      await ok('PATCH', path('configmaps', 'settings'), apply('first', settings({ mode: 'dev' })));

      const shared = await ok('PATCH', path('configmaps', 'settings'), apply('second', settings({ mode: 'dev' })));

      assert.deepEqual(
        objectsAt(shared, 'metadata', 'managedFields')
          .map((entry) => entry['manager'])
          .sort(),
        ['first', 'second'],
      );
    },
  },
  {
    behaviour: 'does not apply for a manager without a name',
    run: async ({ call, refused, path }) => {
      const { body = null, contentType = '' } = apply('', settings({}));

      refused(await call('PATCH', path('configmaps', 'settings'), { body, contentType }), 422, 'Invalid');
    },
  },
  {
    behaviour: 'keeps what others added beside an applied container',
    run: async ({ ok, path }) => {
      const wanted = apply('deployer', deployment('web', { replicas: 0 }));
      await ok('PATCH', path('apps/v1/deployments', 'web'), wanted);
      const sidecar = { spec: { template: { spec: { containers: [{ name: 'shell', image: secondImage }] } } } };
      await ok('PATCH', path('apps/v1/deployments', 'web'), strategicPatch(sidecar));

      const again = await ok('PATCH', path('apps/v1/deployments', 'web'), wanted);

      const names = objectsAt(objectAt(again, 'spec', 'template'), 'spec', 'containers').map((container) => container['name']);
      assert.deepEqual(names.sort(), ['shell', 'web']);
    },
  },
];

/** The four ways to change a part of an object. */
export function patchCases(): readonly ContractCase[] {
  return cases;
}
