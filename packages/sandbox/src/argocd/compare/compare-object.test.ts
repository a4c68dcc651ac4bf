import { describe, expect, it } from 'vitest';

import { withValue, type Json, type JsonObject } from '../../json/json.ts';
import { isKubeObject, withAnnotation, type KubeObject } from '../../kube/kube-object.ts';
import { lastAppliedAnnotation } from './comparable.ts';
import { isModified } from './compare-object.ts';

function object(json: Json): KubeObject {
  if (!isKubeObject(json)) throw new Error('not an object');
  return json;
}

const container = { name: 'web', image: 'web:1', env: [{ name: 'MODE', value: 'dev' }], ports: [{ containerPort: 8080, name: 'http' }] };
const target = object({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { replicas: 1, template: { spec: { containers: [{ ...container, resources: { limits: { cpu: '0.2', memory: '1Gi' } } }] } } },
});

/** As the API server returns it: with defaults, identity and the record of what was applied. */
function live(change: (spec: JsonObject) => JsonObject = (spec) => spec): KubeObject {
  const spec = {
    replicas: 1,
    progressDeadlineSeconds: 600,
    template: {
      metadata: { creationTimestamp: null },
      spec: {
        restartPolicy: 'Always',
        containers: [
          {
            ...container,
            imagePullPolicy: 'Always',
            ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
            resources: { limits: { cpu: '200m', memory: '1024Mi' } },
          },
        ],
      },
    },
  };
  const present = object({
    ...target,
    metadata: { ...target.metadata, uid: 'u', resourceVersion: '7' },
    spec: change(spec),
    status: { replicas: 9 },
  });
  return withAnnotation(present, lastAppliedAnnotation, JSON.stringify(target));
}

const containers = ['template', 'spec', 'containers'];
const first = { ...container, image: 'web:1' };

describe('isModified', () => {
  it('sees nothing in defaults, in status and in another spelling of a quantity', () => {
    expect(isModified(target, live())).toBe(false);
  });

  it.each<[string, (spec: JsonObject) => JsonObject]>([
    ['a scale', (spec) => ({ ...spec, replicas: 3 })],
    ['another image', (spec) => withValue(spec, containers, [{ ...first, image: 'web:2' }])],
    ['another env value', (spec) => withValue(spec, containers, [{ ...first, env: [{ name: 'MODE', value: 'prod' }] }])],
    ['a removed declared env', (spec) => withValue(spec, containers, [{ ...first, env: [] }])],
    ['another amount', (spec) => withValue(spec, containers, [{ ...first, resources: { limits: { cpu: '0.3', memory: '1Gi' } } }])],
  ])('sees %s of a declared field', (_, change) => {
    expect(isModified(target, live(change))).toBe(true);
  });

  it.each<[string, (spec: JsonObject) => JsonObject]>([
    [
      'container',
      (spec) =>
        withValue(spec, containers, [
          { ...first, resources: { limits: { cpu: '0.2', memory: '1Gi' } } },
          { name: 'evil', image: 'evil:1' },
        ]),
    ],
    ['field', (spec) => ({ ...spec, paused: true })],
    ['annotation of the pod template', (spec) => withValue(spec, ['template', 'metadata', 'annotations'], { restartedAt: 'now' })],
  ])('does not see an undeclared %s', (_, change) => {
    expect(isModified(target, live(change))).toBe(false);
  });

  it('sees a field that was applied and is declared no longer', () => {
    const fewer = object(withValue(target, ['metadata'], { name: 'web', namespace: 'shop' }));

    expect(isModified(fewer, live())).toBe(true);
  });

  it('does not count an ignored difference', () => {
    const scaled = live((spec) => ({ ...spec, replicas: 3 }));

    expect(isModified(target, scaled, ['/spec/replicas'])).toBe(false);
    expect(isModified(target, scaled, ['/spec/template/spec/containers/0/image'])).toBe(true);
  });

  it('treats a declared empty value as absent', () => {
    const declared = object(withValue(target, ['spec', 'template', 'spec', 'securityContext'], {}));

    expect(isModified(declared, live())).toBe(false);
  });

  it('compares the elements of a list that merges whole', () => {
    const role = (verbs: readonly string[]): KubeObject =>
      object({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'r' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: [...verbs] }],
      });

    expect(isModified(role(['get']), role(['get']))).toBe(false);
    expect(isModified(role(['get']), role(['get', 'delete']))).toBe(true);
  });

  it('sees an addition inside a list that merges whole, unless the server makes it', () => {
    const policy = (extra: JsonObject): KubeObject =>
      object({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'p' },
        spec: { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ...extra }] },
      });
    const binding = (extra: JsonObject): KubeObject =>
      object({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'b' },
        subjects: [{ kind: 'User', name: 'alice', ...extra }],
      });

    expect(isModified(policy({}), policy({ ports: [{ port: 80 }] }))).toBe(true);
    expect(isModified(binding({}), binding({ apiGroup: 'rbac.authorization.k8s.io' }))).toBe(false);
  });

  it('compares a custom resource by declared keys, its lists by length', () => {
    const route = (spec: JsonObject): KubeObject => object({ apiVersion: 'example.test/v1', kind: 'Route', metadata: { name: 'r' }, spec });

    expect(isModified(route({ rules: [{ to: 'a' }] }), route({ rules: [{ to: 'a', weight: 1 }], mode: 'x' }))).toBe(false);
    expect(isModified(route({ rules: [{ to: 'a' }] }), route({ rules: [{ to: 'b' }] }))).toBe(true);
    expect(isModified(route({ rules: [{ to: 'a' }] }), route({ rules: [{ to: 'a' }, { to: 'b' }] }))).toBe(true);
  });

  it("reads a Secret's clear text as its data", () => {
    const declared = object({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { key: 'value' } });
    const stored = (data: string): KubeObject => object({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: data } });

    expect(isModified(declared, stored('dmFsdWU='))).toBe(false);
    expect(isModified(declared, stored('b3RoZXI='))).toBe(true);
  });

  it('compares with a live object of another version of the kind', () => {
    const scaler = (apiVersion: string): KubeObject =>
      object({ apiVersion, kind: 'HorizontalPodAutoscaler', metadata: { name: 'h' }, spec: { maxReplicas: 3 } });

    expect(isModified(scaler('autoscaling/v1'), scaler('autoscaling/v2'))).toBe(false);
  });

  it('falls back to two sides when the record of what was applied is unreadable', () => {
    expect(isModified(target, withAnnotation(live(), lastAppliedAnnotation, '{'))).toBe(false);
  });
});
