import assert from 'node:assert/strict';
import { objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import { deployment } from './workloads.ts';

const cases: readonly ContractCase[] = [
  {
    behaviour: 'refuses a name that is none, with the field',
    run: async ({ call, refused, path }) => {
      const status = refused(await call('POST', path('configmaps'), { body: { metadata: { name: 'Not_A_Name' } } }), 422, 'Invalid');

      assert.match(
        textAt(status, 'message') ?? '',
        /^ConfigMap "Not_A_Name" is invalid: metadata\.name: Invalid value: "Not_A_Name": a lowercase RFC 1123 subdomain/,
      );
      assert.deepEqual(
        objectsAt(status, 'details', 'causes').map((cause) => [cause['reason'], cause['field']]),
        [['FieldValueInvalid', 'metadata.name']],
      );
    },
  },
  {
    behaviour: 'refuses an object without a name',
    run: async ({ call, refused, path }) => {
      const status = refused(await call('POST', path('configmaps'), { body: { metadata: {} } }), 422, 'Invalid');

      assert.match(textAt(status, 'message') ?? '', /name or generateName is required/);
    },
  },
  {
    behaviour: 'refuses to change the selector of a deployment',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web') });

      const answer = await call('PUT', path('apps/v1/deployments', 'web'), { body: deployment('web', { labels: { app: 'other' } }) });

      const status = refused(answer, 422, 'Invalid');
      assert.match(
        textAt(status, 'message') ?? '',
        /^Deployment\.apps "web" is invalid: spec\.selector: Invalid value: .*: field is immutable$/,
      );
    },
  },
  {
    behaviour: 'refuses a deployment whose selector misses its own pods',
    run: async ({ call, refused, path }) => {
      const { spec } = deployment('web');
      const body = { metadata: { name: 'web' }, spec: { ...spec, selector: { matchLabels: { app: 'other' } } } };

      const status = refused(await call('POST', path('apps/v1/deployments'), { body }), 422, 'Invalid');

      assert.match(textAt(status, 'message') ?? '', /`selector` does not match template `labels`/);
    },
  },
  {
    behaviour: 'refuses a body that is not JSON',
    run: async ({ call, refused, path }) => {
      refused(await call('POST', path('configmaps'), { body: '{"metadata":' }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'refuses labels that are not texts',
    run: async ({ call, refused, path }) => {
      refused(await call('POST', path('configmaps'), { body: { metadata: { name: 'one', labels: { port: 80 } } } }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'refuses an object of another version than its path',
    run: async ({ call, refused, path }) => {
      const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' } };

      refused(await call('POST', path('configmaps'), { body }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'refuses a name in the body that is not the one in the path',
    run: async ({ ok, call, refused, path }) => {
      const created = await ok('POST', path('configmaps'), { body: { metadata: { name: 'one' } } });

      refused(await call('PUT', path('configmaps', 'two'), { body: created }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'refuses a patch of an unknown kind',
    run: async ({ ok, call, refused, path }) => {
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one' } } });

      refused(await call('PATCH', path('configmaps', 'one'), { body: {}, contentType: 'application/json' }), 415, 'UnsupportedMediaType');
    },
  },
  {
    behaviour: 'refuses a method that an object does not have',
    run: async ({ call, refused, path }) => {
      refused(await call('POST', path('configmaps', 'one'), { body: {} }), 405, 'MethodNotAllowed');
    },
  },
  {
    behaviour: 'refuses a token that it does not know',
    run: async ({ call, refused, path }) => {
      refused(await call('GET', path('configmaps'), { headers: { authorization: 'Bearer no-such-token' } }), 401, 'Unauthorized');
    },
  },
  {
    behaviour: 'says that a resource does not exist in a group that does',
    run: async ({ call, refused, path }) => {
      refused(await call('GET', path('apps/v1/widgets')), 404, 'NotFound');
    },
  },
];

/** What a server says no to, and how: clients decide by the code and the reason. */
export function refusalCases(): readonly ContractCase[] {
  return cases;
}
