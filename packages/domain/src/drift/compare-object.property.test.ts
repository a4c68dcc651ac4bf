import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import { customSchemas } from './custom-schemas.ts';
import type { DriftFinding } from './drift-item.ts';
import { mergeSchemas } from './drift-schemas.ts';
import { asMap, served as servedBy, type Chance } from './fixtures/api-server-model.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { placesOf, singleEdits } from './fixtures/single-edits.ts';
import { builtInSchemas } from './tables/built-in-schemas.generated.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('true', '8080', 'ünï', '/a~b/c', 'constructor', '__proto__', '<a&b>'),
);
const key = fc.oneof(name, fc.constantFrom('constructor', 'a/b.c', 'toString', '0', 'env', 'volumes'));
const texts = fc.dictionary(key, text, { maxKeys: 4 });
const cpu = fc.constantFrom('250m', '0.25', '1', '1500m', 2, 0.5);
const memory = fc.constantFrom('64Mi', '0.5Gi', '1Gi', '128974848', '129e6');
const number = fc.integer({ min: 1, max: 65_535 });

function unique<T>(value: fc.Arbitrary<T>, selector: (value: T) => string, maxLength = 3): fc.Arbitrary<T[]> {
  return fc.uniqueArray(value, { selector, maxLength });
}

const byName = (one: { readonly name: string }): string => one.name;

const variable = fc.oneof(
  fc.record({ name, value: text }),
  fc.record({ name, valueFrom: fc.record({ configMapKeyRef: fc.record({ name, key: name }) }) }),
  fc.record({ name, valueFrom: fc.record({ secretKeyRef: fc.record({ name, key: name, optional: fc.boolean() }) }) }),
);

const port = fc.record(
  { containerPort: fc.integer({ min: 1, max: 3 }), name, protocol: fc.constantFrom('TCP', 'UDP') },
  { requiredKeys: ['containerPort'] },
);

const rights = fc.record(
  {
    runAsNonRoot: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    capabilities: fc.record({ add: fc.array(name, { maxLength: 2 }), drop: fc.array(name, { maxLength: 2 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const container = fc.record(
  {
    name,
    image: fc.constantFrom('registry.example.com/a:1', 'b', 'c@sha256:1', 'd:latest'),
    args: fc.array(text, { maxLength: 3 }),
    env: unique(variable, byName),
    envFrom: fc.array(fc.record({ configMapRef: fc.record({ name }) }), { maxLength: 2 }),
    // The same number, for both protocols.
    ports: unique(port, ({ containerPort, protocol = 'TCP' }) => `${String(containerPort)} ${protocol}`),
    resources: fc.record(
      { requests: fc.record({ cpu, memory }, { requiredKeys: [] }), limits: fc.record({ memory }) },
      { requiredKeys: [] },
    ),
    securityContext: rights,
    volumeMounts: unique(fc.record({ name, mountPath: name.map((path) => `/${path}`) }), ({ mountPath }) => mountPath),
    livenessProbe: fc.oneof(
      fc.record({ httpGet: fc.record({ path: fc.constant('/healthz'), port: fc.constantFrom<string | number>('http', 8080) }) }),
      fc.record({ exec: fc.record({ command: fc.array(text, { minLength: 1, maxLength: 2 }) }), periodSeconds: fc.nat({ max: 20 }) }),
    ),
    tty: fc.boolean(),
  },
  { requiredKeys: ['name', 'image'] },
);

const volume = fc.oneof(
  fc.record({ name, emptyDir: fc.constant({}) }),
  fc.record({ name, configMap: fc.record({ name, items: fc.array(fc.record({ key: name, path: name }), { maxLength: 2 }) }) }),
  fc.record({ name, hostPath: fc.record({ path: name }) }),
);

const template = fc.record({
  metadata: fc.record({ labels: texts, annotations: texts }, { requiredKeys: [] }),
  spec: fc.record(
    {
      containers: unique(container, byName),
      initContainers: unique(container, byName),
      hostNetwork: fc.boolean(),
      nodeSelector: texts,
      serviceAccountName: name,
      volumes: unique(volume, byName),
      imagePullSecrets: unique(fc.record({ name }), byName),
      hostAliases: unique(fc.record({ ip: name, hostnames: fc.array(name, { maxLength: 2 }) }), ({ ip }) => ip),
      tolerations: fc.array(fc.record({ key: name, operator: fc.constant('Exists') }), { maxLength: 2 }),
      topologySpreadConstraints: unique(
        fc.record({ maxSkew: number, topologyKey: name, whenUnsatisfiable: fc.constant('DoNotSchedule') }),
        ({ topologyKey }) => topologyKey,
      ),
    },
    { requiredKeys: ['containers'] },
  ),
});

function metadata(): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      name,
      namespace: fc.constant('shop-dev'),
      labels: texts,
      annotations: texts,
      finalizers: fc.uniqueArray(fc.constantFrom('a.example/x', 'b.example/<y>'), { maxLength: 2 }),
    },
    { requiredKeys: ['name', 'namespace'] },
  );
}

/** Of a kind, with these fields beside its metadata. */
function kind(apiVersion: string, named: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<JsonObject> {
  return fc.record({ apiVersion: fc.constant(apiVersion), kind: fc.constant(named), metadata: metadata(), ...fields }).map(asJson);
}

/** Without the prototypes that arbitraries give their records. */
function asJson(value: unknown): JsonObject {
  const read: unknown = JSON.parse(JSON.stringify(value));
  return isObject(read) ? read : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const deployment = kind('apps/v1', 'Deployment', {
  spec: fc.record(
    { replicas: fc.nat({ max: 5 }), selector: fc.record({ matchLabels: texts }), minReadySeconds: fc.nat({ max: 2 }), template },
    { requiredKeys: ['selector', 'template'] },
  ),
});

const claim = fc.record({
  metadata: fc.record({ name, labels: texts }),
  spec: fc.record({ accessModes: fc.constant(['ReadWriteOnce']), resources: fc.record({ requests: fc.record({ storage: memory }) }) }),
});

const statefulSet = kind('apps/v1', 'StatefulSet', {
  spec: fc.record({
    serviceName: name,
    selector: fc.record({ matchLabels: texts }),
    template,
    volumeClaimTemplates: fc.array(claim, { maxLength: 2 }),
  }),
});

const cronJob = kind('batch/v1', 'CronJob', {
  spec: fc.record({ schedule: fc.constant('0 * * * *'), suspend: fc.boolean(), jobTemplate: fc.record({ spec: fc.record({ template }) }) }),
});

const service = kind('v1', 'Service', {
  spec: fc.record({
    selector: texts,
    ports: unique(
      fc.record(
        { name, port: fc.integer({ min: 1, max: 3 }), protocol: fc.constantFrom('TCP', 'UDP') },
        { requiredKeys: ['name', 'port'] },
      ),
      (one) => `${String(one.port)} ${one.protocol ?? 'TCP'}`,
    ),
  }),
});

const peer = fc.oneof(
  fc.record({ podSelector: fc.record({ matchLabels: texts }) }),
  fc.record({ ipBlock: fc.record({ cidr: name, except: fc.array(name, { maxLength: 2 }) }) }),
);

const networkPolicy = kind('networking.k8s.io/v1', 'NetworkPolicy', {
  spec: fc.record({
    podSelector: fc.record({ matchLabels: texts }),
    policyTypes: fc.constant(['Ingress']),
    ingress: fc.array(
      fc.record({
        from: fc.array(peer, { minLength: 1, maxLength: 2 }),
        ports: fc.array(fc.record({ port: number }), { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  }),
});

const path = fc.record({
  path: name,
  pathType: fc.constant('Prefix'),
  backend: fc.record({ service: fc.record({ name, port: fc.record({ number }) }) }),
});

const ingress = kind('networking.k8s.io/v1', 'Ingress', {
  spec: fc.record({
    ingressClassName: name,
    rules: fc.array(fc.record({ host: name, http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 2 }) }) }), {
      maxLength: 2,
    }),
    tls: fc.array(fc.record({ hosts: fc.array(name, { minLength: 1, maxLength: 2 }), secretName: name }), { maxLength: 1 }),
  }),
});

const autoscaler = kind('autoscaling/v2', 'HorizontalPodAutoscaler', {
  spec: fc.record({
    scaleTargetRef: fc.record({ apiVersion: fc.constant('apps/v1'), kind: fc.constant('Deployment'), name }),
    minReplicas: number,
    maxReplicas: number,
    metrics: fc.array(
      fc.record({
        type: fc.constant('Resource'),
        resource: fc.record({ name, target: fc.record({ type: fc.constant('Utilization'), averageUtilization: number }) }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
});

const rule = fc.record({
  apiGroups: fc.array(name, { maxLength: 2 }),
  resources: fc.array(name, { maxLength: 2 }),
  verbs: fc.array(name, { maxLength: 2 }),
});

const role = kind('rbac.authorization.k8s.io/v1', 'Role', { rules: fc.array(rule, { maxLength: 2 }) });

const binding = kind('rbac.authorization.k8s.io/v1', 'RoleBinding', {
  roleRef: fc.record({ apiGroup: fc.constant('rbac.authorization.k8s.io'), kind: fc.constant('Role'), name }),
  subjects: fc.array(fc.record({ kind: fc.constant('ServiceAccount'), name, namespace: name }), { maxLength: 2 }),
});

const webhooks = kind('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
  webhooks: unique(
    fc.record({
      name,
      clientConfig: fc.record({ service: fc.record({ name, namespace: name, path: name }), caBundle: fc.constant('Zm9v') }),
      sideEffects: fc.constant('None'),
      admissionReviewVersions: fc.constant(['v1']),
      rules: fc.array(fc.record({ operations: fc.constant(['CREATE']), apiGroups: fc.array(name, { minLength: 1, maxLength: 2 }) }), {
        maxLength: 2,
      }),
    }),
    byName,
  ),
});

const config = kind('v1', 'ConfigMap', { data: texts });
const account = kind('v1', 'ServiceAccount', {
  imagePullSecrets: unique(fc.record({ name }), byName),
  automountServiceAccountToken: fc.boolean(),
});
const budget = kind('policy/v1', 'PodDisruptionBudget', {
  spec: fc.record({ minAvailable: fc.constantFrom<string | number>(1, '50%'), selector: fc.record({ matchLabels: texts }) }),
});

/** Of a definition with lists of every type; a field that it doesn't know may hold anything. */
const widget = kind('example.com/v1', 'Widget', {
  spec: fc.record(
    {
      size: memory,
      port: fc.constantFrom<string | number>('http', 8080),
      paused: fc.boolean(),
      weight: fc.nat({ max: 2 }),
      stages: unique(fc.record({ name, kind: name, steps: fc.array(name, { maxLength: 2 }) }), (one) => `${one.name} ${one.kind}`),
      tags: fc.uniqueArray(name, { maxLength: 3 }),
      selector: texts,
      anything: fc.record({ a: fc.array(fc.oneof(name, fc.record({ b: name })), { maxLength: 2 }), c: texts }),
    },
    { requiredKeys: [] },
  ),
});

/** `openAPIV3Schema`. */
const widgetSchema: JsonObject = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: {
          pattern: String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`,
        },
        port: { 'x-kubernetes-int-or-string': true },
        stages: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name', 'kind'],
          items: { type: 'object', properties: { name: {}, kind: {}, steps: { type: 'array' } } },
        },
        tags: { type: 'array', 'x-kubernetes-list-type': 'set' },
        selector: { type: 'object', 'x-kubernetes-map-type': 'atomic', additionalProperties: { type: 'string' } },
        anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
};

/** Desired objects, as an API server would accept them. */
const arbitraryDesired: fc.Arbitrary<JsonObject> = fc.oneof(
  { arbitrary: deployment, weight: 4 },
  ...[statefulSet, cronJob, service, networkPolicy, ingress, autoscaler, role, binding, webhooks, config, account, budget].map(
    (arbitrary) => ({ arbitrary, weight: 1 }),
  ),
  { arbitrary: widget, weight: 3 },
);

const custom = customSchemas({ 'example.com/v1/Widget': widgetSchema });
const rules = exampleRules({ schemas: mergeSchemas(builtInSchemas, custom) });

function served(desired: JsonObject, generate: fc.GeneratorValue): ReturnType<typeof servedBy> {
  return servedBy(desired, chanceOf(generate), desired['kind'] === 'Widget' ? custom.kinds['example.com/v1/Widget'] : undefined);
}

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
        const { live } = served(desired, generate);

        expect(driftOf(desired, live).map(({ class: how, path }) => `${how} ${path}`)).toEqual([]);
      }),
    );
  });

  it('of which one field was edited shows that field, and who edited it', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live, schema } = served(desired, generate);
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
        const { live, schema } = served(desired, generate);
        const edits = singleEdits(live, schema).filter(({ kind }) => kind === 'removed');
        const edit = edits[generate(fc.nat) % edits.length];
        if (edit === undefined) return;

        const found = driftOf(desired, edit.edited);

        const isShown = found.some(({ path }) => path === edit.path || path.startsWith(`${edit.path}/`));
        expect(isShown).toBe(placesOf(desired, schema).has(edit.place));
      }),
    );
  });

  it('of which one field was edited shows it where nobody signed anything', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live, schema } = served(desired, generate);
        const edits = singleEdits(live, schema).filter(({ kind, path }) => kind !== 'removed' && !stamps.test(path));
        const { edited = {}, path } = edits[generate(fc.nat) % edits.length] ?? {};
        const { managedFields: _lost, ...metadata } = asMap(edited['metadata']);

        const found = driftOf(desired, { ...edited, metadata });

        expect(found.filter((one) => one.path === path || one.path.startsWith(`${path ?? ''}/`))).not.toEqual([]);
        expect(found.every(({ by }) => by.manager === undefined && by.changedAtIs === 'first-seen')).toBe(true);
      }),
    );
  });

  it('to which something was added that runs, or gives rights, shows it, whoever says that he did it', () => {
    fc.assert(
      fc.property(arbitraryDesired, fc.gen(), (desired, generate) => {
        const { live, schema } = served(desired, generate);
        const edits = singleEdits(live, schema, 'argocd-controller').filter(({ kind, path }) => kind === 'added' && whoever.test(path));
        const edit = edits[generate(fc.nat) % edits.length];
        if (edit === undefined || !runs.has(desired['kind'])) return;

        expect(driftOf(desired, edit.edited).map(({ path, by }) => `${path} ${by.manager ?? ''}`)).toEqual([
          `${edit.path} argocd-controller`,
        ]);
      }),
    );
  });
});

/** By which the controllers know an object, and what the API server allocates: of nobody's hand they are theirs. */
const stamps = /^\/metadata\/(?:labels\/kustomize|annotations\/argocd)|^\/spec\/clusterIPs/;
const runs: ReadonlySet<Json | undefined> = new Set([
  'Deployment',
  'StatefulSet',
  'CronJob',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'ValidatingWebhookConfiguration',
]);
const whoever =
  /\/(?:containers|initContainers|volumes)\/\[[^\]]*\]$|\/(?:env|envFrom|command|args|securityContext|volumeMounts|hostAliases|webhooks)(?:\/|$)|^\/(?:rules|subjects|spec\/ingress|spec\/egress)(?:\/|$)/;
