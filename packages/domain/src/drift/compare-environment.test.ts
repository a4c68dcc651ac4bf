import { expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { compareEnvironment } from './compare-environment.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';

function config(name: string, value: string, namespace?: string): JsonObject & { readonly metadata: JsonObject } {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, data: { a: value } };
}

const secret: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop-dev' } };

function seen(environment: Parameters<typeof compareEnvironment>[1], namespace?: string) {
  const rules = exampleRules(namespace === undefined ? {} : { namespace });
  const { findings, objects, ignored } = compareEnvironment(rules, environment, now);
  return { found: findings.map(({ class: how, object, path }) => `${how} ${object.name}${path}`), objects, ignored };
}

it('compares what is desired with what there is, by name and not by version', () => {
  const desired = [config('a', '1', 'shop-dev'), config('b', '1', 'shop-dev'), config('c', '1', 'shop-dev')];
  const live = [config('a', '2', 'shop-dev'), config('b', '1', 'shop-dev'), config('d', '1', 'shop-dev')];

  expect(seen({ desired, live })).toEqual({ found: ['changed a/data/a', 'missing c', 'extra d'], objects: 3, ignored: 0 });
});

it('takes the last of two with one name, as a controller does', () => {
  expect(
    seen({ desired: [config('a', '1', 'shop-dev'), config('a', '2', 'shop-dev')], live: [config('a', '2', 'shop-dev')] }).found,
  ).toEqual([]);
});

it('looks for an object without a namespace where the controller puts it', () => {
  expect(seen({ desired: [config('a', '1')], live: [config('a', '1', 'shop-dev')] }, 'shop-dev').found).toEqual([]);
});

it('says nothing of what was not looked at', () => {
  const desired = [secret, config('a', '1', 'shop-dev')];

  expect(seen({ desired, live: [], looked: () => false })).toEqual({ found: [], objects: 0, ignored: 0 });
  expect(seen({ desired: [secret], live: [] }).found).toEqual([]);
  expect(seen({ desired: [secret], live: [{ ...secret, metadata: { name: 't', namespace: 'elsewhere' } }] }).found).toEqual(['secret s']);
});

it('counts what a rule makes count for nothing', () => {
  const ignore = [{ name: 'r', object: { kind: 'ConfigMap' }, paths: [], managers: [] }];
  const { findings, ignored } = compareEnvironment(exampleRules({ ignore }), { desired: [config('a', '1', 'shop-dev')], live: [] }, now);

  expect(ignored).toBe(1);
  expect(findings[0]?.ignoredBy).toBe('r');
});

it('finds what the controller says it manages, wherever it lies', () => {
  const live = [config('old', '1', 'elsewhere')];
  const inventory = [{ group: '', version: 'v1', kind: 'ConfigMap', namespace: 'elsewhere', name: 'old' }];

  expect(seen({ desired: [], live, inventory }).found).toEqual(['extra old']);
  expect(seen({ desired: [], live }).found).toEqual([]);
});

it('leaves what a controller made because of something desired, and what it made before', () => {
  const made = (object: ReturnType<typeof config>, manager: string, metadata: JsonObject = {}): JsonObject => ({
    ...object,
    metadata: { ...object.metadata, ...metadata, managedFields: [{ manager, time: '2026-11-23T15:00:00Z', fieldsV1: { 'f:data': {} } }] },
  });
  const helm = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'cache', namespace: 'flux-system' } };
  const labels = { 'helm.toolkit.fluxcd.io/name': 'cache', 'helm.toolkit.fluxcd.io/namespace': 'flux-system' };
  const app = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'child', namespace: 'argocd' } };
  const annotations = { 'argocd.argoproj.io/tracking-id': 'child:/ConfigMap:shop-dev/c' };
  const desired = [config('web-7b8h2ft9kd', '1', 'shop-dev'), helm, app];
  const rules = exampleRules({ trustedManagers: ['argocd-controller', 'helm-controller'] });
  const live = [
    ...desired,
    made(config('web-5c8h2ft9kd', '0', 'shop-dev'), 'argocd-controller'),
    made(config('a', '0', 'shop-dev'), 'helm-controller', { labels }),
    made(config('b', '0', 'shop-dev'), 'argocd-controller', { annotations }),
    made(config('web-6c8h2ft9kd', '0', 'shop-dev'), 'kubectl-create'),
    made(config('c', '0', 'shop-dev'), 'kubectl-create', { labels, annotations }),
  ];

  const { findings } = compareEnvironment(rules, { desired, live }, now);

  expect(findings.map(({ class: how, object }) => `${how} ${object.name}`)).toEqual(['extra web-6c8h2ft9kd', 'extra c']);
});

it('takes what only has the beginning of its name from Git for what it is, when the controller made it', () => {
  const job = (metadata: JsonObject, manager = 'argocd-controller'): JsonObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      namespace: 'shop-dev',
      ...metadata,
      managedFields: [{ manager, time: '2026-11-23T15:00:00Z', fieldsV1: { 'f:spec': {} } }],
    },
  });
  const desired = [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'migrate-' } }];
  const live = [
    job({ name: 'migrate-x7k2p', generateName: 'migrate-' }),
    job({ name: 'mine-x7k2p', generateName: 'mine-' }),
    job({ name: 'migrate-evil0', generateName: 'migrate-' }, 'kubectl-create'),
  ];

  expect(seen({ desired, live }).found).toEqual(['extra mine-x7k2p', 'extra migrate-evil0']);
});

it('leaves what a desired Application delivers, where Argo CD tracks by label', () => {
  const app = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'child', namespace: 'argocd' } };
  const made = (name: string, manager: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'shop-dev',
      labels: { 'app.kubernetes.io/instance': 'child' },
      managedFields: [{ manager, time: '2026-11-23T15:00:00Z', fieldsV1: { 'f:data': {} } }],
    },
  });

  expect(seen({ desired: [app], live: [app, made('a', 'argocd-controller'), made('b', 'kubectl-create')] }).found).toEqual(['extra b']);
});

it('lets no rule about the fields of a manager hide the objects that it makes', () => {
  const managedFields = [{ manager: 'vpa', time: '2026-11-23T15:00:00Z', fieldsV1: { 'f:data': { 'f:a': {} } } }];
  const foreign: JsonObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'shop-dev', managedFields },
    data: { a: '1' },
  };
  const rules = exampleRules({ ignore: [{ name: 'r', object: { kind: 'ConfigMap' }, paths: [], managers: ['vpa'] }] });
  const ignoredBy = (desired: readonly JsonObject[]) =>
    compareEnvironment(rules, { desired, live: [foreign] }, now).findings.map((found) => `${found.class} ${found.ignoredBy ?? 'counts'}`);

  expect(ignoredBy([])).toEqual(['extra counts']);
  expect(ignoredBy([config('a', '2', 'shop-dev')])).toEqual(['changed r']);
});

it('leaves what a controller made, though somebody edited it and the controller wrote it again since', () => {
  const app = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'child', namespace: 'argocd' } };
  const annotations = { 'argocd.argoproj.io/tracking-id': 'child:/ConfigMap:shop-dev/a' };
  const entry = (manager: string, minute: string) => ({ manager, time: `2026-11-23T15:${minute}:00Z`, fieldsV1: { 'f:data': {} } });
  const made = (creationTimestamp: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      namespace: 'shop-dev',
      creationTimestamp,
      annotations,
      managedFields: [entry('kubectl-edit', '10'), entry('argocd-controller', '20')],
    },
  });

  expect(seen({ desired: [app], live: [app, made('2026-11-23T15:00:00Z')] }).found).toEqual([]);
  expect(seen({ desired: [app], live: [app, made('2026-11-23T15:10:00Z')] }).found).toEqual(['extra a']);
});
