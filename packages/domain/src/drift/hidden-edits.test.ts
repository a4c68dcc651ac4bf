import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { by, deployment, object } from './fixtures/single-objects.ts';

function drift(desired: JsonObject, live: JsonObject): readonly string[] {
  return compareObject(exampleRules(), { desired, live, managed: true }, now).map(
    ({ class: how, severity, path }) => `${how} ${severity} ${path}`,
  );
}

const pod = '/spec/template/spec';

describe('an edit', () => {
  const whole = by('argocd-controller', { 'f:spec': { 'f:template': { 'f:spec': { 'f:initContainers': { '.': {} } } } } });
  const init = (...names: readonly string[]) => deployment({ initContainers: names.map((name) => ({ name, image: name })) }, whole);

  it('of the order in which a pod gets ready is one, though the list has keys', () => {
    const [found, ...more] = compareObject(exampleRules(), { desired: init('a', 'b', 'c'), live: init('c', 'a', 'b'), managed: true }, now);

    expect(found).toMatchObject({ class: 'changed', path: `${pod}/initContainers`, desired: ['a', 'b', 'c'], live: ['c', 'a', 'b'] });
    expect(found?.by).toEqual({ changedAt: now, changedAtIs: 'first-seen' });
    expect(more).toEqual([]);
  });

  it('that puts something in between leaves the order as it is', () => {
    expect(drift(init('a', 'b'), init('mesh', 'a', 'x', 'b'))).toEqual([
      `added-field image ${pod}/initContainers/[name=mesh]`,
      `added-field image ${pod}/initContainers/[name=x]`,
    ]);
  });

  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {} } });
  const hooks = object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { webhooks: [] });

  it.each<[string, { readonly desired: JsonObject; readonly live: JsonObject }, string]>([
    [
      'lets everybody in',
      { desired: policy, live: { ...policy, spec: { podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] } } },
      'security /spec/ingress',
    ],
    ['has every request changed', { desired: hooks, live: { ...hooks, webhooks: [{ name: 'evil' }] } }, 'security /webhooks/[name=evil]'],
    [
      'sees the processes beside it',
      { desired: deployment({}), live: deployment({ shareProcessNamespace: true }) },
      `config ${pod}/shareProcessNamespace`,
    ],
    [
      'sends names elsewhere',
      { desired: deployment({}), live: deployment({ hostAliases: [{ ip: '1.2.3.4' }] }) },
      `config ${pod}/hostAliases/[ip=1.2.3.4]`,
    ],
  ])('that %s is found, whoever says that he made it', (_what, { desired, live }, expected) => {
    const inPod = { 'f:shareProcessNamespace': {}, 'f:hostAliases': { '.': {}, 'k:{"ip":"1.2.3.4"}': {} } };
    const spec = { 'f:ingress': {}, 'f:policyTypes': {}, 'f:template': { 'f:spec': inPod } };
    const metadata = { name: 'web', ...by('argocd-controller', { 'f:spec': spec, 'f:webhooks': { '.': {}, 'k:{"name":"evil"}': {} } }) };

    expect(drift(desired, { ...live, metadata })).toEqual([`added-field ${expected}`]);
  });

  it('that makes an object another Application’s is found; the stamp of a controller is none', () => {
    const config = (manager: string) =>
      object('v1', 'ConfigMap', {
        metadata: {
          annotations: { 'argocd.argoproj.io/tracking-id': 'other:/ConfigMap:shop-dev/web' },
          ...by(manager, { 'f:metadata': { 'f:annotations': { 'f:argocd.argoproj.io/tracking-id': {} } } }),
        },
      });

    expect(drift(object('v1', 'ConfigMap'), config('kubectl-edit'))).toEqual([
      'added-field config /metadata/annotations/argocd.argoproj.io~1tracking-id',
    ]);
    expect(
      ['argocd-controller', 'kustomize-controller', 'before-first-apply'].flatMap((manager) =>
        drift(object('v1', 'ConfigMap'), config(manager)),
      ),
    ).toEqual([]);
  });

  it('that makes a secret a number shows no number', () => {
    const widget = (password: number) => object('example.com/v1', 'Widget', { spec: { password } });

    const found = compareObject(exampleRules(), { desired: widget(12_345_678), live: widget(87_654_321), managed: true }, now);

    expect(found).toMatchObject([{ desired: 'hash of 8 letters', live: 'hash of 8 letters', redacted: true }]);
  });
});

describe('no edit', () => {
  const service = (spec: JsonObject, meta: JsonObject = {}) => object('v1', 'Service', { metadata: meta, spec });
  const allocated = { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], type: 'ClusterIP', sessionAffinity: 'None' };
  const definition = (spec: JsonObject) => object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec });
  const probed = (probe: JsonObject) => deployment({ containers: [{ name: 'web', livenessProbe: probe }] });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'a choice that is left to the API server',
      service({ clusterIP: '', type: '', sessionAffinity: '', ports: [{ port: 80, nodePort: 0 }] }),
      service({ ...allocated, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] }),
    ],
    [
      'a zero that is no number of seconds',
      probed({ timeoutSeconds: 0, failureThreshold: 0, periodSeconds: 0, successThreshold: 0, initialDelaySeconds: 0 }),
      probed({ timeoutSeconds: 1, failureThreshold: 3, periodSeconds: 10, successThreshold: 1 }),
    ],
    [
      'what a definition says for nothing',
      definition({
        preserveUnknownFields: false,
        versions: [{ name: 'v1', deprecated: false, additionalPrinterColumns: [{ name: 'a', priority: 0 }] }],
      }),
      definition({ versions: [{ name: 'v1', additionalPrinterColumns: [{ name: 'a' }] }] }),
    ],
    [
      'the older name of a service account',
      deployment({ serviceAccount: 'x' }),
      deployment({ serviceAccount: 'x', serviceAccountName: 'x' }),
    ],
    [
      'an address that was there before anybody kept names',
      service({ ports: [{ port: 80 }] }),
      service(
        { ...allocated, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] },
        by('before-first-apply', { 'f:spec': { 'f:clusterIP': {}, 'f:clusterIPs': {} } }),
      ),
    ],
  ])('is %s', (_what, desired, live) => {
    expect(drift(desired, live)).toEqual([]);
  });

  it('is left of what a person chose in place of the API server', () => {
    const chosen = service(
      { ...allocated, type: 'NodePort', ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30_000 }] },
      by('kubectl-edit', { 'f:spec': { 'f:clusterIP': {}, 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { 'f:nodePort': {} } } } }),
    );

    expect(drift(service({ clusterIP: '', ports: [{ port: 80, nodePort: 0 }] }), chosen)).toEqual([
      'changed config /spec/clusterIP',
      'changed config /spec/ports/[port=80,protocol=TCP]/nodePort',
      'added-field security /spec/type',
    ]);
  });
});
