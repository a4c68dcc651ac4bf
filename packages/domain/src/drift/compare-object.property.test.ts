import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import type { DriftFinding } from './drift-item.ts';
import { served, type Chance } from './fixtures/api-server-model.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { placesOf, singleEdits } from './fixtures/single-edits.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('true', '8080', 'ünï', '/a~b/c', 'constructor', '__proto__'),
);
const key = fc.oneof(name, fc.constantFrom('constructor', 'a/b.c', 'toString', '0', 'env', 'volumes'));
const texts = fc.dictionary(key, text, { maxKeys: 4 });
const cpu = fc.constantFrom('250m', '0.25', '1', '1500m', 2, 0.5);
const memory = fc.constantFrom('64Mi', '0.5Gi', '1Gi', '128974848', '129e6');

function unique<T>(value: fc.Arbitrary<T>, selector: (value: T) => string, maxLength = 3): fc.Arbitrary<T[]> {
  return fc.uniqueArray(value, { selector, maxLength });
}

const variable = fc.oneof(
  fc.record({ name, value: text }),
  fc.record({ name, valueFrom: fc.record({ configMapKeyRef: fc.record({ name, key: name }) }) }),
);

const port = fc.record(
  { containerPort: fc.integer({ min: 1, max: 65_535 }), protocol: fc.constantFrom('TCP', 'UDP') },
  { requiredKeys: ['containerPort'] },
);

const container = fc.record(
  {
    name,
    image: fc.constantFrom('registry.example.com/a:1', 'b', 'c@sha256:1', 'd:latest'),
    args: fc.array(text, { maxLength: 3 }),
    env: unique(variable, (one) => one.name),
    ports: unique(port, ({ containerPort }) => String(containerPort)),
    resources: fc.record(
      { requests: fc.record({ cpu, memory }, { requiredKeys: [] }), limits: fc.record({ memory }) },
      { requiredKeys: [] },
    ),
    securityContext: fc.record({ runAsNonRoot: fc.boolean(), allowPrivilegeEscalation: fc.boolean() }, { requiredKeys: [] }),
    volumeMounts: unique(fc.record({ name, mountPath: name.map((path) => `/${path}`) }), ({ mountPath }) => mountPath),
    livenessProbe: fc.record({
      httpGet: fc.record({ path: fc.constant('/healthz'), port: fc.constantFrom<string | number>('http', 8080) }),
    }),
    tty: fc.boolean(),
  },
  { requiredKeys: ['name', 'image'] },
);

const deployment = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constant('Deployment'),
  metadata: metadata(),
  spec: fc.record(
    {
      replicas: fc.nat({ max: 5 }),
      selector: fc.record({ matchLabels: texts }),
      minReadySeconds: fc.nat({ max: 2 }),
      template: fc.record({
        metadata: fc.record({ labels: texts, annotations: texts }, { requiredKeys: [] }),
        spec: fc.record(
          {
            containers: unique(container, (one) => one.name),
            hostNetwork: fc.boolean(),
            nodeSelector: texts,
            volumes: unique(fc.record({ name, emptyDir: fc.constant({}) }), (one) => one.name),
            tolerations: fc.array(fc.record({ key: name, operator: fc.constant('Exists') }), { maxLength: 2 }),
          },
          { requiredKeys: ['containers'] },
        ),
      }),
    },
    { requiredKeys: ['selector', 'template'] },
  ),
});

const service = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Service'),
  metadata: metadata(),
  spec: fc.record({
    selector: texts,
    ports: unique(fc.record({ name, port: fc.integer({ min: 1, max: 65_535 }) }), (one) => String(one.port)),
  }),
});

const configMap = fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('ConfigMap'), metadata: metadata(), data: texts });

const role = fc.record({
  apiVersion: fc.constant('rbac.authorization.k8s.io/v1'),
  kind: fc.constant('Role'),
  metadata: metadata(),
  rules: fc.array(
    fc.record({
      apiGroups: fc.array(name, { maxLength: 2 }),
      resources: fc.array(name, { maxLength: 2 }),
      verbs: fc.array(name, { maxLength: 2 }),
    }),
    {
      maxLength: 2,
    },
  ),
});

function metadata(): fc.Arbitrary<JsonObject> {
  return fc.record(
    { name, namespace: fc.constant('shop-dev'), labels: texts, annotations: texts },
    { requiredKeys: ['name', 'namespace'] },
  );
}

/** Desired objects of built-in kinds, as an API server would accept them. */
const arbitraryDesired: fc.Arbitrary<JsonObject> = fc.oneof(deployment, service, configMap, role);

const rules = exampleRules();

function driftOf(desired: JsonObject, live: JsonObject): readonly DriftFinding[] {
  return compareObject(rules, { desired, live, managed: true }, now);
}

function chanceOf(generate: fc.GeneratorValue): Chance {
  return {
    shuffle: (list) => generate(() => fc.shuffledSubarray([...list], { minLength: list.length })),
    pick: (options) => generate(() => fc.constantFrom<Json[]>(...options)),
  };
}

describe('a desired object', () => {
  it('that was applied shows no drift, whatever the server and its controllers made of it', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live } = served(desired, chanceOf(generate));

        expect(driftOf(desired, live).map(({ class: how, path }) => `${how} ${path}`)).toEqual([]);
      }),
    );
  });

  it('of which one field was edited shows that field, and who edited it', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live, schema } = served(desired, chanceOf(generate));
        const edits = singleEdits(live, schema).filter(({ kind }) => kind !== 'removed');
        const edit = edits[generate(fc.nat) % edits.length];
        if (edit === undefined) return;

        const found = driftOf(desired, edit.edited);

        expect(found.map(({ path }) => path)).toEqual([edit.path]);
        expect(found.map(({ by }) => by)).toEqual([
          { manager: 'kubectl-edit', operation: 'Update', changedAt: '2026-11-23T15:45:00Z', changedAtIs: 'entry' },
        ]);
      }),
    );
  });

  it('of which something was removed shows it, if it was desired', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live, schema } = served(desired, chanceOf(generate));
        const edits = singleEdits(live, schema).filter(({ kind }) => kind === 'removed');
        const edit = edits[generate(fc.nat) % edits.length];
        if (edit === undefined) return;

        const found = driftOf(desired, edit.edited);

        const isShown = found.some(({ path }) => path === edit.path || path.startsWith(`${edit.path}/`));
        expect(isShown).toBe(placesOf(desired, schema).has(edit.place));
      }),
    );
  });
});
