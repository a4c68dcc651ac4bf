import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import { customSchemas } from './custom-schemas.ts';
import type { DriftSettings } from './drift-rules.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { by, object } from './fixtures/single-objects.ts';

const metadata = { name: 'web', namespace: 'shop-dev' };

interface Pair {
  readonly desired?: JsonObject;
  readonly live?: JsonObject;
  readonly managed?: boolean;
  readonly formerUid?: string;
}

function drift({ managed = false, ...pair }: Pair, settings: Partial<DriftSettings> = {}): readonly string[] {
  return compareObject(exampleRules(settings), { ...pair, managed }, now).map(
    ({ class: how, severity, path }) => `${how} ${severity} ${path}`,
  );
}

describe('an object that is not there', () => {
  const job = (spec: JsonObject, annotations: JsonObject = {}) => object('batch/v1', 'Job', { spec, metadata: { annotations } });

  it.each<[string, JsonObject, readonly string[]]>([
    ['is missing', object('v1', 'Service'), ['missing config ']],
    ['is missing, gravely, when it is a right', object('rbac.authorization.k8s.io/v1', 'Role'), ['missing security ']],
    ['is not missed when it is a hook of Argo CD', job({}, { 'argocd.argoproj.io/hook': 'PreSync' }), []],
    ['is not missed when it is a hook of Helm', job({}, { 'helm.sh/hook': 'post-install' }), []],
    ['is not missed when Flux leaves it alone', job({}, { 'kustomize.toolkit.fluxcd.io/reconcile': 'Disabled' }), []],
    ['is not missed when it goes by itself', job({ ttlSecondsAfterFinished: 60 }), []],
    ['is missing when it is a Job that stays', job({}), ['missing config ']],
    ['is not missed when it has no name', { kind: 'Job', metadata: { generateName: 'x-' } }, []],
  ])('%s', (_what, desired, expected) => {
    expect(drift({ desired })).toEqual(expected);
  });
});

describe('an object that nobody desires', () => {
  const owned = (apiVersion: string, kind: string, more: JsonObject = {}) => ({
    metadata: { ...more, ownerReferences: [{ apiVersion, kind, name: 'x', uid: 'x' }] },
  });
  const claim = (manager: string) => object('v1', 'PersistentVolumeClaim', { metadata: by(manager, { 'f:spec': {} }) });

  it.each<[string, JsonObject, readonly string[]]>([
    ['is extra in a namespace of ours', object('v1', 'ConfigMap'), ['extra config ']],
    ['is extra, gravely, when it runs something', object('v1', 'Pod'), ['extra image ']],
    ['is extra, gravely, when it gives rights', object('rbac.authorization.k8s.io/v1', 'RoleBinding'), ['extra security ']],
    ['is its owner’s when it has one', object('apps/v1', 'ReplicaSet', owned('apps/v1', 'Deployment')), []],
    ['is its operator’s when a custom object owns it', object('apps/v1', 'Deployment', owned('example.com/v1', 'Shop')), []],
    ['is the business of what runs when a pod owns it', object('v1', 'ConfigMap', owned('v1', 'Pod')), []],
    ['is extra when it only says that it has an owner', object('v1', 'ConfigMap', owned('apps/v1', 'Deployment')), ['extra config ']],
    [
      'is extra when its owner can’t have made it',
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', owned('v1', 'ServiceAccount', by('kubectl-create', {}))),
      ['extra security '],
    ],
    [
      'is the controller’s when that made it for another',
      object('v1', 'ConfigMap', owned('v1', 'ConfigMap', by('argocd-controller', {}))),
      [],
    ],
    ['is the cluster’s when it is everywhere', object('v1', 'ConfigMap', { metadata: { name: 'kube-root-ca.crt' } }), []],
    ['is the cluster’s when every namespace has it', object('v1', 'ServiceAccount', { metadata: { name: 'default' } }), []],
    ['is a StatefulSet’s claim', claim('kube-controller-manager'), []],
    ['is extra when a person made the claim', claim('kubectl-create'), ['extra config ']],
    ['is nobody’s business elsewhere', object('v1', 'ConfigMap', { metadata: { namespace: 'other' } }), []],
    ['is nobody’s business when the cluster has it', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }, []],
  ])('%s', (_what, live, expected) => {
    expect(drift({ live })).toEqual(expected);
  });

  it.each([
    ['argocd-controller', 'argocd compare-options IgnoreExtraneous'],
    ['kubectl-annotate', undefined],
  ])('is ignored by its own word when %s wrote that: %s', (manager, rule) => {
    const annotations = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true, IgnoreExtraneous' };
    const signed = by(manager, { 'f:metadata': { 'f:annotations': { 'f:argocd.argoproj.io/compare-options': {} } } });
    const live = object('v1', 'ConfigMap', { metadata: { annotations, ...signed } });

    expect(compareObject(exampleRules(), { live, managed: true }, now).map(({ ignoredBy }) => ignoredBy)).toEqual([rule]);
  });

  it('is extra anywhere when the controller says that it is its own', () => {
    expect(drift({ live: object('v1', 'ConfigMap', { metadata: { namespace: 'other' } }), managed: true })).toEqual(['extra config ']);
  });
});

describe('an addition', () => {
  const desired = object('apps/v1', 'Deployment', { spec: { template: { spec: { containers: [{ name: 'web' }] } } } });
  const added = (pod: JsonObject, container: JsonObject, meta: JsonObject = {}) =>
    object('apps/v1', 'Deployment', {
      metadata: meta,
      spec: { template: { spec: { containers: [{ name: 'web', ...container }], ...pod } } },
    });
  const own = by('argocd-controller', { 'f:spec': { 'f:template': { 'f:spec': { 'f:priorityClassName': {}, 'f:hostPID': {} } } } });

  it('by the controller counts only where it says what runs, with which rights', () => {
    expect(drift({ desired, live: added({ priorityClassName: 'high' }, {}, own) })).toEqual([]);
    expect(drift({ desired, live: added({ hostPID: true }, {}, own) })).toEqual(['added-field security /spec/template/spec/hostPID']);
  });

  it('by nobody who says so counts everywhere', () => {
    expect(drift({ desired, live: added({ priorityClassName: 'high' }, {}) })).toEqual([
      'added-field config /spec/template/spec/priorityClassName',
    ]);
  });

  it('by somebody else beside the controller counts', () => {
    const managedFields = [
      ...Object.values(own).flat(),
      ...Object.values(by('mesh', { 'f:spec': { 'f:template': { 'f:spec': { 'f:priorityClassName': {} } } } })).flat(),
    ];

    expect(drift({ desired, live: added({ priorityClassName: 'high' }, {}, { managedFields }) })).toEqual([
      'added-field config /spec/template/spec/priorityClassName',
    ]);
  });

  it.each<[string, readonly [pod: JsonObject, container: JsonObject], string]>([
    ['a volume', [{ volumes: [{ name: 'v', hostPath: { path: '/' } }] }, {}], 'security /spec/template/spec/volumes/[name=v]'],
    ['an init container', [{ initContainers: [{ name: 'i', image: 'i' }] }, {}], 'image /spec/template/spec/initContainers/[name=i]'],
    ['a service account', [{ serviceAccountName: 'root' }, {}], 'security /spec/template/spec/serviceAccountName'],
    ['a variable', [{}, { env: [{ name: 'A', value: 'b' }] }], 'config /spec/template/spec/containers/[name=web]/env/[name=A]'],
    ['a command', [{}, { args: ['-x'] }], 'security /spec/template/spec/containers/[name=web]/args'],
    [
      'a mount',
      [{}, { volumeMounts: [{ name: 'v', mountPath: '/a/b' }] }],
      'config /spec/template/spec/containers/[name=web]/volumeMounts/[mountPath=~1a~1b]',
    ],
  ])('of %s is named as one', (_what, [pod, container], expected) => {
    expect(drift({ desired, live: added(pod, container) })).toEqual([`added-field ${expected}`]);
  });

  it('of an annotation that turns the controller off is no mere annotation', () => {
    const live = { ...desired, metadata: { ...metadata, annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled', note: 'x' } } };

    expect(drift({ desired, live })).toEqual([
      'added-field config /metadata/annotations/kustomize.toolkit.fluxcd.io~1reconcile',
      'added-field metadata /metadata/annotations/note',
    ]);
  });

  it('of a number that the API server would have chosen is drift when a person chose it', () => {
    const service = (type: string) => object('v1', 'Service', { spec: { type, ports: [{ port: 80 }] } });
    const live = (meta: JsonObject) =>
      object('v1', 'Service', {
        metadata: meta,
        spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 32_000, protocol: 'TCP', targetPort: 80 }] },
      });
    const owned = { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { 'f:nodePort': {} } } } };

    expect(drift({ desired: service('NodePort'), live: live({}) })).toEqual([]);
    expect(drift({ desired: service('NodePort'), live: live(by('kubectl-edit', owned)) })).toEqual([
      'added-field config /spec/ports/[port=80,protocol=TCP]/nodePort',
    ]);
  });
});

describe('a list that the API server writes as a whole', () => {
  const scaler = (policies: readonly Json[]) => {
    const behavior = { scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies } };
    const written = by('kubectl', { 'f:spec': { 'f:behavior': { 'f:scaleUp': { 'f:policies': {} } } } });
    return {
      desired: object('autoscaling/v2', 'HorizontalPodAutoscaler'),
      live: object('autoscaling/v2', 'HorizontalPodAutoscaler', { metadata: written, spec: { behavior } }),
    };
  };
  const pods = { type: 'Pods', value: 4, periodSeconds: 15 };
  const percent = { type: 'Percent', value: 100, periodSeconds: 15 };

  it('is no drift, whoever the request came from', () => {
    expect(drift(scaler([pods, percent]))).toEqual([]);
  });

  it('is drift when somebody took an element out, or put one in', () => {
    expect(drift(scaler([pods]))).not.toEqual([]);
    expect(drift(scaler([pods, percent, { ...pods, value: 5 }]))).not.toEqual([]);
    expect(drift(scaler([pods, pods]))).not.toEqual([]);
  });
});

describe('a label of the application', () => {
  const labelled = (instance: string, manager: string) =>
    object('v1', 'ConfigMap', {
      metadata: {
        labels: { 'app.kubernetes.io/instance': instance },
        ...by(manager, { 'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/instance': {} } } }),
      },
    });

  it('is the controller’s to set, and nobody else’s', () => {
    const desired = labelled('chart', 'x');

    expect(drift({ desired, live: labelled('shop', 'argocd-controller') })).toEqual([]);
    expect(drift({ desired, live: labelled('shop', 'kubectl-label') })).toEqual([
      'changed metadata /metadata/labels/app.kubernetes.io~1instance',
    ]);
  });
});

describe('a Secret', () => {
  const secret = (rest: JsonObject = {}) => object('v1', 'Secret', { data: { password: 'aHVudGVyMg==' }, ...rest });

  it.each<[string, Pair, readonly string[]]>([
    ['that is gone', { desired: secret() }, ['secret security ']],
    ['that appeared', { live: secret() }, ['secret security ']],
    ['of a ServiceAccount', { live: secret({ type: 'kubernetes.io/service-account-token' }) }, []],
    ['with another value that nobody signed', { desired: secret(), live: secret({ data: { password: 'b3RoZXI=' } }) }, []],
    [
      'that was made anew',
      { desired: secret(), live: secret({ metadata: { uid: 'b' } }), formerUid: 'a' },
      ['secret security /metadata/uid'],
    ],
    ['that is the same', { desired: secret(), live: secret({ metadata: { uid: 'a' } }), formerUid: 'a' }, []],
    [
      'that a stranger wrote',
      { desired: secret(), live: secret({ metadata: by('kubectl-edit', { 'f:data': { '.': {}, 'f:password': {} } }) }) },
      ['secret security /data/password'],
    ],
    [
      'that the controller wrote',
      { desired: secret(), live: secret({ metadata: by('argocd-controller', { 'f:data': { 'f:password': {} } }) }) },
      [],
    ],
  ])('%s', (_what, pair, expected) => {
    expect(drift(pair)).toEqual(expected);
  });

  it('is never shown, in whatever way it differs', () => {
    const live = secret({ metadata: by('kubectl-edit', { 'f:data': { 'f:password': {} } }), data: { password: 'b3RoZXI=' } });

    const shown = JSON.stringify(compareObject(exampleRules(), { desired: secret(), live, managed: true }, now));

    expect(shown).not.toMatch(/aHVudGVyMg|b3RoZXI/);
  });
});

describe('a value that looks like a secret', () => {
  it('is a keyed hash in what is found', () => {
    const desired = object('v1', 'ConfigMap', { data: { DB_PASSWORD: 'hunter2', mode: 'a' } });
    const live = object('v1', 'ConfigMap', { data: { DB_PASSWORD: 'hunter3', mode: 'b' } });

    expect(compareObject(exampleRules(), { desired, live, managed: true }, now)).toMatchObject([
      { path: '/data/DB_PASSWORD', desired: 'hash of 7 letters', live: 'hash of 7 letters', redacted: true },
      { path: '/data/mode', desired: 'a', live: 'b' },
    ]);
  });

  it('is one by the name of its variable, deep inside what was put in', () => {
    const pod = (containers: readonly Json[]) => object('v1', 'Pod', { spec: { containers } });
    const evil = {
      name: 'evil',
      env: [
        { name: 'API_TOKEN', value: 'x1y2' },
        { name: 'MODE', value: 'on' },
      ],
    };

    const [found] = compareObject(exampleRules(), { desired: pod([]), live: pod([evil]), managed: true }, now);

    expect(found).toMatchObject({
      live: {
        ...evil,
        env: [
          { name: 'API_TOKEN', value: 'hash of 4 letters' },
          { name: 'MODE', value: 'on' },
        ],
      },
      redacted: true,
    });
  });

  it('is what is too long to keep, too', () => {
    const config = (text: string) => object('v1', 'ConfigMap', { data: { text } });

    const [found] = compareObject(exampleRules(), { desired: config('a'), live: config('b '.repeat(500_000)), managed: true }, now);

    expect(found).toMatchObject({ live: 'hash of 1000000 letters', redacted: true });
  });
});

describe('a custom object', () => {
  const widget = (spec: JsonObject) => object('example.com/v1', 'Widget', { spec });

  it('is compared by the keys of its schema, with its defaults', () => {
    const stages = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', properties: { name: {}, weight: { default: 10 } } },
    };
    const schemas = customSchemas({
      'example.com/v1/Widget': { type: 'object', properties: { spec: { type: 'object', properties: { stages } } } },
    });
    const desired = widget({ stages: [{ name: 'a' }, { name: 'b', weight: 1 }] });
    const live = widget({
      stages: [
        { name: 'b', weight: 2 },
        { name: 'a', weight: 10 },
      ],
    });

    expect(drift({ desired, live }, { schemas })).toEqual(['changed config /spec/stages/[name=b]/weight']);
  });

  it('has the defaults of its own version', () => {
    const schema = (value: Json) => ({ properties: { spec: { properties: { mode: { default: value } } } } });
    const schemas = customSchemas({ 'example.com/v1/Widget': schema('fast'), 'example.com/v2/Widget': schema('slow') });
    const of = (version: string) => object(`example.com/${version}`, 'Widget', { spec: { mode: 'fast' } });

    expect(drift({ desired: widget({}), live: of('v1') }, { schemas })).toEqual([]);
    expect(drift({ desired: object('example.com/v2', 'Widget', { spec: {} }), live: of('v2') }, { schemas })).toEqual([
      'added-field config /spec/mode',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['wrong types', { type: 7, properties: [] }],
    [
      'wrong types inside',
      {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            properties: { a: 7, b: { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': 'name' } },
          },
        },
      },
    ],
    ['no keys', { properties: { spec: { properties: { a: { type: 'array', 'x-kubernetes-list-type': 'map' } } } } }],
    [
      'formats and references that JavaScript knows',
      { properties: { spec: { properties: { a: { type: 'array', format: 'constructor', items: { $ref: '#/toString' } } } } } },
    ],
    ['nothing', {}],
    ['no end', nested(5000)],
  ])('whose schema has %s has lists that are one value', (_what, schema) => {
    const schemas = customSchemas({ 'example.com/v1/Widget': schema });

    expect(drift({ desired: widget({ a: [{ name: 'x' }] }), live: widget({ a: [{ name: 'y' }] }) }, { schemas })).toEqual([
      'changed config /spec/a',
    ]);
  });

  it('keeps a zero that is written, unlike a built-in one', () => {
    const pod = (spec: JsonObject) => object('v1', 'Pod', { spec });

    expect(drift({ desired: widget({ paused: false }), live: widget({}) })).toEqual(['changed config /spec/paused']);
    expect(drift({ desired: pod({ hostNetwork: false }), live: pod({}) })).toEqual([]);
    expect(drift({ desired: pod({ automountServiceAccountToken: false }), live: pod({}) })).toEqual([
      'changed security /spec/automountServiceAccountToken',
    ]);
  });
});

function nested(depth: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 0; level < depth; level += 1) value = { properties: { a: value } };
  return value;
}

describe('an object of a size that nobody expects', () => {
  it('is compared when it has thousands of list elements that somebody else put in', () => {
    const names = (prefix: string) => Array.from({ length: 3000 }, (_, index) => ({ name: `${prefix}${String(index)}` }));
    const pod = (env: readonly JsonObject[], meta: JsonObject = {}) =>
      object('v1', 'Pod', { metadata: meta, spec: { containers: [{ name: 'web', env }] } });
    const owned = Object.fromEntries(names('a').map(({ name }) => [`k:${JSON.stringify({ name })}`, {}]));
    const meta = by('argocd-controller', { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:env': owned } } } });

    expect(drift({ desired: pod(names('a')), live: pod([...names('a'), ...names('b')], meta) })).toHaveLength(3000);
  });

  it('is compared when it has 5000 keys that all differ', () => {
    const config = (value: string) =>
      object('v1', 'ConfigMap', { data: Object.fromEntries(Array.from({ length: 5000 }, (_, key) => [`k${String(key)}`, value])) });

    expect(drift({ desired: config('a'), live: config('b') })).toHaveLength(5000);
  });

  it('is compared when it is deeper than any call stack', () => {
    const deep = (end: string): Json => Array.from({ length: 20_000 }).reduce<Json>((value) => ({ a: value }), end);

    const [found, ...more] = drift({
      desired: object('example.com/v1', 'X', { spec: deep('a') }),
      live: object('example.com/v1', 'X', { spec: deep('b') }),
    });

    expect(found).toMatch(/^changed config \/spec(\/a)+$/);
    expect(more).toEqual([]);
  });

  it('is compared when its lists hold the same key twice', () => {
    const pod = (...values: readonly string[]) =>
      object('v1', 'Pod', { spec: { containers: [{ name: 'web', env: values.map((value) => ({ name: 'A', value })) }] } });

    expect(drift({ desired: pod('a', 'b'), live: pod('a', 'b') })).toEqual([]);
    expect(drift({ desired: pod('a'), live: pod('a', 'b') })).toEqual(['added-field config /spec/containers/[name=web]/env/[name=A]']);
  });
});
