import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FreeMap } from '../document/free-form.ts';
import type { JsonObject } from '../document/json.ts';
import { compareEnvironment } from './compare-environment.ts';
import { customSchemas } from './custom-schemas.ts';
import type { DriftFinding } from './drift-item.ts';
import { mergeSchemas } from './drift-schemas.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { builtInSchemas } from './tables/built-in-schemas.generated.ts';
import { trustedManagersOf } from './trusted-managers.ts';

const Listed = z.object({ items: z.array(FreeMap).readonly() });
const Annotated = z.object({ metadata: z.object({ annotations: z.record(z.string(), z.string()) }) });
const Environment = z.object({ desired: z.array(FreeMap), live: z.array(FreeMap) });

/** The objects of a recording, as an API server gave them. */
function readRecording(name: string): readonly JsonObject[] {
  const recording = readJson(name);
  return Listed.safeParse(recording).data?.items ?? [recording];
}

/** What was desired, and what a Kubernetes 1.36 API server and its controllers made of it. */
function readEnvironment(name: string): z.infer<typeof Environment> {
  return Environment.parse(readJson(name));
}

function readJson(name: string): JsonObject {
  return FreeMap.parse(JSON.parse(readFileSync(new URL(`fixtures/live/${name}.json`, import.meta.url), 'utf8')));
}

/** What was applied, where the client wrote it down. */
function lastApplied(live: JsonObject): JsonObject | undefined {
  const annotated = Annotated.safeParse(live);
  const text = annotated.data?.metadata.annotations['kubectl.kubernetes.io/last-applied-configuration'];
  return text === undefined ? undefined : FreeMap.parse(JSON.parse(text));
}

/** Class, severity, path, manager, and when at the latest. */
function shown({ class: how, severity, object, path, by }: DriftFinding): string {
  const when = by.changedAtIs === 'entry' ? by.changedAt?.slice(11) : by.changedAtIs;
  return `${how} ${severity} ${object.kind}${path} by ${by.manager ?? 'nobody known'} ${when ?? ''}`;
}

function driftOf(recording: string, desired?: readonly JsonObject[]): readonly string[] {
  const live = readRecording(recording);
  const applied = desired ?? live.map(lastApplied).filter((object) => object !== undefined);
  return compareEnvironment(exampleRules(), { desired: applied, live }, now).findings.map(shown);
}

const container = '/spec/template/spec/containers';
const env = `added-field config Deployment${container}/[name=web]/env/[name=DEBUG] by kubectl-set 15:29:38Z`;
const label = 'added-field metadata Deployment/metadata/labels/team by kubectl-label 15:29:44Z';
const restarted =
  'added-field metadata Deployment/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt by kubectl-rollout';
const sidecar = `added-field image Deployment${container}/[name=evil] by kubectl-edit 15:29:57Z`;

describe('what the recorded edits did', () => {
  it.each<[string, readonly string[]]>([
    ['01-deployment-after-argo-csa', []],
    ['02-all-in-namespace', []],
    ['49-deployment-progress-deadline-exceeded', []],
    ['11-drift-scale', ['changed replicas Deployment/spec/replicas by kubectl first-seen']],
    ['12-drift-image', [`changed image Deployment${container}/[name=web]/image by kubectl-set 15:29:33Z`]],
    ['13-drift-env-value', [`changed config Deployment${container}/[name=web]/env/[name=MODE]/value by kubectl-set 15:29:35Z`]],
    ['14-drift-extra-env', [env]],
    ['15-drift-extra-label', [label, env]],
    ['16-drift-extra-annotation-podtemplate', [label, `${restarted} 15:29:51Z`, env]],
    ['17-drift-extra-sidecar', [label, `${restarted} 15:29:51Z`, env, sidecar]],
    [
      '20-drift-paused',
      [label, `${restarted} 15:30:12Z`, env, sidecar, 'added-field config Deployment/spec/paused by kubectl-rollout 15:30:12Z'],
    ],
    ['30-hpa-scale-subresource', ['changed replicas Deployment/spec/replicas by horizontal-pod-autoscaler first-seen']],
  ])('%s', (recording, drift) => {
    expect(driftOf(recording).toSorted()).toEqual([...drift].toSorted());
  });

  it('is nothing where an autoscaler that is desired scaled', () => {
    const autoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop-dev' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
    };
    const [live = {}] = readRecording('30-hpa-scale-subresource');
    const [scaled = {}] = readRecording('11-drift-scale');

    const found = (object: JsonObject): readonly string[] =>
      compareEnvironment(
        exampleRules(),
        { desired: [lastApplied(object) ?? {}, autoscaler], live: [object, autoscaler] },
        now,
      ).findings.map(shown);

    expect(found(live)).toEqual([]);
    expect(found(scaled)).toEqual(['changed replicas Deployment/spec/replicas by kubectl first-seen']);
  });

  it('is a Service that is gone, and a ConfigMap with another value', () => {
    const live = readRecording('02-all-in-namespace');
    const desired = live.map(lastApplied).filter((object) => object !== undefined);
    const edited = live
      .filter(({ kind }) => kind !== 'Service')
      .map((object): JsonObject => (isConfig(object) ? { ...object, data: { MODE: 'edited', more: 'x' } } : object));

    const { findings, objects } = compareEnvironment(exampleRules(), { desired, live: edited }, now);

    expect(objects).toBe(3);
    expect(findings.filter(({ object }) => object.kind === 'Service').map(shown)).toEqual([
      'missing config Service by nobody known first-seen',
    ]);
    expect(findings.some(({ class: how, path }) => how === 'added-field' && path === '/data/more')).toBe(true);
  });
});

function isConfig(object: JsonObject): boolean {
  return object['kind'] === 'ConfigMap' && lastApplied(object) !== undefined;
}

describe('an environment that nobody touched', () => {
  it.each([
    ['client-side-apply', 'argocd'],
    ['server-side-apply', 'flux'],
  ] as const)('shows no drift after %s of twenty kinds', (name, controller) => {
    const widgets = customSchemas({ 'example.com/v1/Widget': readJson('widget-schema') });
    const namespace = name === 'client-side-apply' ? 'csa' : 'ssa';
    const rules = exampleRules({
      schemas: mergeSchemas(builtInSchemas, widgets),
      trustedManagers: trustedManagersOf(controller),
      ownedNamespaces: [namespace],
      namespace,
    });

    const { findings, objects } = compareEnvironment(rules, readEnvironment(name), now);

    expect(objects).toBe(23);
    expect(findings.map(shown)).toEqual([]);
  });

  it('shows every object of another as extra, and none that Kubernetes made itself', () => {
    const rules = exampleRules({ trustedManagers: trustedManagersOf('flux'), ownedNamespaces: ['shop-flux'] });

    const { findings } = compareEnvironment(rules, { desired: [], live: readRecording('61-all-in-namespace') }, now);

    expect(findings.map(shown)).toEqual([
      'extra config ConfigMap by kustomize-controller 15:32:20Z',
      'extra config Service by kustomize-controller 15:32:20Z',
      'extra image Deployment by kustomize-controller 15:32:20Z',
    ]);
  });
});
