import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { DriftIgnore, DriftMutation } from '../policy/drift-exemption.ts';
import { compareObject } from './compare-object.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { policyDriftRules } from './policy-drift-rules.ts';

const container = (name: string): JsonObject => ({ name, image: `registry.example.com/${name}:1` });
const deployment = (...containers: readonly JsonObject[]): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop-dev' },
  spec: { template: { spec: { containers } } },
});
const desired = deployment(container('web'));
const live = deployment({ ...container('web'), env: [{ name: 'DEBUG', value: '1' }] }, container('mesh'));

function found(exemptions: { readonly ignore?: readonly unknown[]; readonly mutations?: readonly unknown[] }): readonly string[] {
  const { ignore = [], mutations = [] } = exemptions;
  const rules = policyDriftRules({
    ignore: ignore.map((rule) => DriftIgnore.parse(rule)),
    mutations: mutations.map((mutation) => DriftMutation.parse(mutation)),
  });
  return compareObject(exampleRules(rules), { desired, live, managed: false }, now).map(
    ({ path, ignoredBy }) => `${path} ${ignoredBy ?? 'counts'}`,
  );
}

const debug = '/spec/template/spec/containers/[name=web]/env/[name=DEBUG]';
const mesh = '/spec/template/spec/containers/[name=mesh]';
const objects = { group: 'apps', kind: 'Deploy*', namespace: 'shop-*' };
const reason = 'the mesh puts it in';

describe('the exemptions of a policy', () => {
  it('leave everything that they do not name', () => {
    expect(found({})).toEqual([`${debug} counts`, `${mesh} counts`]);
    expect(found({ ignore: [{ name: 'mesh', reason, objects: { kind: 'Service' }, paths: [mesh] }] })).toEqual([
      `${debug} counts`,
      `${mesh} counts`,
    ]);
  });

  it('name a path as it is shown, and are named where they are used', () => {
    expect(found({ ignore: [{ name: 'mesh', reason, objects, paths: [mesh] }] })).toEqual([`${debug} counts`, `${mesh} policy mesh`]);
    expect(found({ mutations: [{ name: 'mesh', reason, objects, path: mesh }] })).toEqual([`${debug} counts`, `${mesh} policy mesh`]);
  });

  it('hold for a declared value only while it is that', () => {
    expect(found({ mutations: [{ name: 'mesh', reason, objects, path: mesh, value: container('mesh') }] })).toContain(
      `${mesh} policy mesh`,
    );
    expect(found({ mutations: [{ name: 'mesh', reason, objects, path: mesh, value: container('other') }] })).toContain(`${mesh} counts`);
  });

  it('reach every step where a star stands', () => {
    expect(found({ ignore: [{ name: 'all', reason, objects, paths: ['/spec/template/spec/containers/*/env'] }] })).toContain(
      `${debug} policy all`,
    );
  });
});
