import assert from 'node:assert/strict';
import type { JsonObject } from '../json/json.ts';
import { objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import { deployment, secondImage } from './workloads.ts';

function entriesOf(object: JsonObject): readonly JsonObject[] {
  return objectsAt(object, 'metadata', 'managedFields');
}

function entryOf(object: JsonObject, manager: string, subresource?: string): JsonObject | undefined {
  return entriesOf(object).find((entry) => entry['manager'] === manager && entry['subresource'] === subresource);
}

const label = { '.': {}, 'f:app': {} };

const ownedContainer = {
  '.': {},
  'f:env': { '.': {}, 'k:{"name":"MODE"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
  'f:image': {},
  'f:imagePullPolicy': {},
  'f:name': {},
  'f:ports': { '.': {}, 'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} } },
  'f:resources': {},
  'f:terminationMessagePath': {},
  'f:terminationMessagePolicy': {},
};

const ownedPodSpec = {
  'f:containers': { 'k:{"name":"web"}': ownedContainer },
  'f:dnsPolicy': {},
  'f:restartPolicy': {},
  'f:schedulerName': {},
  'f:securityContext': {},
  'f:terminationGracePeriodSeconds': {},
};

const cases: readonly ContractCase[] = [
  {
    behaviour: 'gives the creator of a deployment what it set and what was defaulted',
    run: async ({ ok, path }) => {
      const created = await ok('POST', path('apps/v1/deployments'), { body: deployment('web'), query: { fieldManager: 'deployer' } });

      const [entry, ...others] = entriesOf(created);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [entry?.['manager'], entry?.['operation'], entry?.['apiVersion'], entry?.['fieldsType']],
        ['deployer', 'Update', 'apps/v1', 'FieldsV1'],
      );
      assert.deepEqual(entry?.['fieldsV1'], {
        'f:spec': {
          'f:progressDeadlineSeconds': {},
          'f:replicas': {},
          'f:revisionHistoryLimit': {},
          'f:selector': {},
          'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
          'f:template': { 'f:metadata': { 'f:labels': label }, 'f:spec': ownedPodSpec },
        },
      });
    },
  },
  {
    behaviour: 'gives an applier what it set and no default',
    run: async ({ ok, path }) => {
      const body = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
      };

      const applied = await ok('PATCH', path('services', 'web'), {
        body,
        contentType: 'application/apply-patch+yaml',
        query: { fieldManager: 'deployer' },
      });

      assert.deepEqual(
        entriesOf(applied).map((entry) => [entry['manager'], entry['operation']]),
        [['deployer', 'Apply']],
      );
      assert.deepEqual(entryOf(applied, 'deployer')?.['fieldsV1'], {
        'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } }, 'f:selector': {} },
      });
    },
  },
  {
    behaviour: 'calls a manager without a name by its user agent',
    run: async ({ ok, path }) => {
      const created = await ok('POST', path('configmaps'), {
        body: { metadata: { name: 'one' }, data: { a: 'b' } },
        headers: { 'user-agent': 'deployer/1.2 (linux)' },
      });

      assert.deepEqual(
        entriesOf(created).map((entry) => entry['manager']),
        ['deployer'],
      );
    },
  },
  {
    behaviour: 'moves exactly the changed field to who changed it',
    run: async ({ ok, path }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web', { replicas: 0 }), query: { fieldManager: 'deployer' } });
      const containers = [{ name: 'web', image: secondImage }];

      const edited = await ok('PATCH', path('apps/v1/deployments', 'web'), {
        body: { spec: { template: { spec: { containers } } } },
        contentType: 'application/strategic-merge-patch+json',
        query: { fieldManager: 'kubectl-set' },
      });

      const image = { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } };
      assert.deepEqual(entryOf(edited, 'kubectl-set')?.['fieldsV1'], { 'f:spec': { 'f:template': { 'f:spec': image } } });
      assert.ok(!JSON.stringify(entryOf(edited, 'deployer')?.['fieldsV1']).includes('"f:image"'));
    },
  },
  {
    behaviour: 'records who added a container with all of it',
    run: async ({ ok, path }) => {
      await ok('POST', path('configmaps'), { body: { metadata: { name: 'one' }, data: { a: '1' } }, query: { fieldManager: 'deployer' } });

      const edited = await ok('PATCH', path('configmaps', 'one'), {
        body: { metadata: { labels: { app: 'x' } }, data: { b: '2' } },
        contentType: 'application/merge-patch+json',
        query: { fieldManager: 'kubectl-edit' },
      });

      assert.deepEqual(entryOf(edited, 'kubectl-edit')?.['fieldsV1'], { 'f:data': { 'f:b': {} }, 'f:metadata': { 'f:labels': label } });
      assert.deepEqual(entryOf(edited, 'deployer')?.['fieldsV1'], { 'f:data': { '.': {}, 'f:a': {} } });
    },
  },
  {
    behaviour: 'takes a removed field from everyone',
    run: async ({ ok, path }) => {
      await ok('POST', path('configmaps'), {
        body: { metadata: { name: 'one' }, data: { a: '1', b: '2' } },
        query: { fieldManager: 'deployer' },
      });

      const edited = await ok('PATCH', path('configmaps', 'one'), {
        body: { data: { b: null } },
        contentType: 'application/merge-patch+json',
        query: { fieldManager: 'kubectl-edit' },
      });

      assert.deepEqual(
        entriesOf(edited).map((entry) => [entry['manager'], entry['fieldsV1']]),
        [['deployer', { 'f:data': { '.': {}, 'f:a': {} } }]],
      );
    },
  },
  {
    behaviour: 'records a scaler with its subresource and without a time',
    run: async ({ ok, path }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web'), query: { fieldManager: 'deployer' } });

      await ok('PATCH', `${path('apps/v1/deployments', 'web')}/scale`, {
        body: { spec: { replicas: 2 } },
        contentType: 'application/merge-patch+json',
        query: { fieldManager: 'kubectl' },
      });

      const scaled = await ok('GET', path('apps/v1/deployments', 'web'));
      const entry = entryOf(scaled, 'kubectl', 'scale');
      assert.deepEqual(entry?.['fieldsV1'], { 'f:spec': { 'f:replicas': {} } });
      assert.equal(textAt(entry, 'time'), undefined);
      assert.ok(!JSON.stringify(entryOf(scaled, 'deployer')?.['fieldsV1']).includes('"f:replicas"'));
    },
  },
  {
    behaviour: 'records status under its subresource',
    run: async ({ ok, path, until }) => {
      await ok('POST', path('apps/v1/deployments'), { body: deployment('web') });

      const isOfStatus = (entry: JsonObject): boolean => entry['subresource'] === 'status';
      const seen = await until('apps/v1/deployments', 'web', (one) => entriesOf(one).some(isOfStatus));

      const fields = JSON.stringify(entriesOf(seen).find(isOfStatus)?.['fieldsV1']);
      assert.ok(fields.includes('"f:status"') && !fields.includes('"f:spec"'), fields);
    },
  },
];

/** `managedFields`: what drift is attributed by. */
export function ownershipCases(): readonly ContractCase[] {
  return cases;
}
