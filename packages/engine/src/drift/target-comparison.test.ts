import { builtInPolicy, EnvironmentId, digestOf, objectKey, objectRefOf, type JsonObject, type LiveContainer } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { ObjectEvent } from '../ports/cluster.ts';
import type { DesiredObjects } from './desired-objects.ts';
import { rulesFor } from './drift-settings.ts';
import { TargetComparison, type ComparisonBasis, type DriftChanges } from './target-comparison.ts';

const at = '2026-01-01T12:00:00.000Z';
const later = '2026-01-01T12:01:00.000Z';
const kinds = { schemas: { definitions: {}, kinds: {} }, clusterScoped: new Set<string>(), served: new Set<string>() };

function configMap(name: string, data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

function desiredOf(...objects: readonly JsonObject[]): DesiredObjects {
  const entries = objects.map((object) => ({ ref: objectRefOf(object), object }));
  return { commit: 'working-tree', digest: digestOf([...objects]), objects: new Map(entries.map((one) => [objectKey(one.ref), one])) };
}

function basisOf(desired: DesiredObjects, more: Partial<ComparisonBasis> = {}): ComparisonBasis {
  const environment = EnvironmentId.parse('shop/staging');
  const question = { environment, target: 'eu/argocd/shop', controller: 'argocd', kinds, ownedNamespaces: ['shop'] } as const;
  const rules = rulesFor({ ...question, policy: builtInPolicy, hashSecret: (value) => `#${String(value.length)}` }, desired);
  return { rules, desired, managed: new Map(), images: {}, ...more };
}

const applied = (object: JsonObject, when = at): ObjectEvent => ({
  kind: 'applied',
  live: { ref: objectRefOf(object), uid: 'u', resourceVersion: '1', object },
  at: when,
});
const deleted = (object: JsonObject): ObjectEvent => ({ kind: 'deleted', ref: objectRefOf(object), uid: 'u', at });
const inSync = (kind: string): ObjectEvent => ({ kind: 'in-sync', of: { group: '', version: 'v1', kind }, at });
const gap = { group: '', version: 'v1', kind: 'ConfigMap', reason: 'forbidden', since: at };

function comparisonOf(basis: ComparisonBasis, ...events: readonly ObjectEvent[]): TargetComparison {
  const comparison = new TargetComparison({ target: 'eu/argocd/shop', open: [], containersOf: () => [] });
  comparison.setBasis(basis);
  for (const event of events) comparison.take(event);
  return comparison;
}

const paths = (items: DriftChanges['opened']): readonly string[] =>
  items.map(({ class: how, path, object }) => `${how} ${object.name}${path}`);

const wanted = configMap('settings', { mode: 'fast' });

describe('TargetComparison', () => {
  it('says nothing is missing before everything of the kind was told', () => {
    const comparison = comparisonOf(basisOf(desiredOf(wanted)));
    expect(comparison.compare(at).opened).toEqual([]);

    comparison.take(inSync('ConfigMap'));
    expect(paths(comparison.compare(at).opened)).toEqual(['missing settings']);
  });

  it('opens a difference once, tells when it changes, and resolves it when it is gone', () => {
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(wanted), inSync('ConfigMap'));
    expect(comparison.compare(at)).toEqual({ opened: [], resolved: [], changed: [] });

    comparison.take(applied(configMap('settings', { mode: 'slow' })));
    expect(paths(comparison.compare(at).opened)).toEqual(['changed settings/data/mode']);
    comparison.take(applied(configMap('settings', { mode: 'slow' })));
    expect(comparison.compare(later)).toEqual({ opened: [], resolved: [], changed: [] });
    comparison.take(applied(configMap('settings', { mode: 'none' })));
    expect(paths(comparison.compare(later).changed)).toEqual(['changed settings/data/mode']);
    comparison.take(applied(wanted));
    expect(comparison.compare(later).resolved.map(({ resolvedAt }) => resolvedAt)).toEqual([later]);
    expect(comparison.openItems()).toEqual([]);
  });

  it('finds what nobody asked for in a namespace that is owned, and lets go of it', () => {
    const foreign = configMap('foreign', {});
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(wanted), applied(foreign), inSync('ConfigMap'));

    expect(paths(comparison.compare(at).opened)).toEqual(['extra foreign']);
    comparison.take(deleted(foreign));
    expect(paths(comparison.compare(at).resolved)).toEqual(['extra foreign']);
  });

  it('leaves what was delivered until lately and is being pruned, as long as nobody changed it', () => {
    const old = configMap('old', { mode: 'slow' });
    const leaving = [{ desired: desiredOf(wanted, old), images: {} }];
    const comparison = comparisonOf(basisOf(desiredOf(wanted), { leaving }), applied(wanted), applied(old), inSync('ConfigMap'));

    expect(comparison.compare(at).opened).toEqual([]);
    comparison.take(applied(configMap('old', { mode: 'changed' })));
    expect(paths(comparison.compare(at).opened)).toEqual(['extra old']);
  });

  it('leaves what is being deleted in the foreground, finalizer and all', () => {
    const old = configMap('old', {});
    const going = { ...old, metadata: { name: 'old', namespace: 'shop', deletionTimestamp: at, finalizers: ['foregroundDeletion'] } };
    const leaving = [{ desired: desiredOf(wanted, old), images: {} }];
    const comparison = comparisonOf(basisOf(desiredOf(wanted), { leaving }), applied(wanted), applied(going), inSync('ConfigMap'));

    expect(comparison.compare(at).opened).toEqual([]);
    comparison.setBasis(basisOf(desiredOf(wanted)));
    expect(paths(comparison.compare(later).opened)).toEqual(['extra old']);
  });

  it('finds what nobody pruned once the state that had it has left', () => {
    const old = configMap('old', {});
    const leaving = [{ desired: desiredOf(wanted, old), images: {} }];
    const comparison = comparisonOf(basisOf(desiredOf(wanted), { leaving }), applied(wanted), applied(old), inSync('ConfigMap'));
    expect(comparison.compare(at).opened).toEqual([]);

    comparison.setBasis(basisOf(desiredOf(wanted)));

    expect(paths(comparison.compare(later).opened)).toEqual(['extra old']);
  });

  it('lets nothing that is desired be as it was before', () => {
    const leaving = [{ desired: desiredOf(configMap('settings', { mode: 'slow' })), images: {} }];
    const before = applied(configMap('settings', { mode: 'slow' }));
    const comparison = comparisonOf(basisOf(desiredOf(wanted), { leaving }), before, inSync('ConfigMap'));

    expect(paths(comparison.compare(at).opened)).toEqual(['changed settings/data/mode']);
  });

  it('keeps nothing of what another object made', () => {
    const made = configMap('made', {});
    const owned = {
      ...made,
      metadata: {
        name: 'made',
        namespace: 'shop',
        ownerReferences: [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'x' }],
      },
    };
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(wanted), applied(owned), inSync('ConfigMap'));

    expect(comparison.compare(at).opened).toEqual([]);
    expect(comparison.objects).toBe(1);
  });

  it('lets go of what is taken in by an owner, and wants all told again when that is asked for', () => {
    const stray = configMap('stray', {});
    const owned = {
      ...stray,
      metadata: { name: 'stray', namespace: 'shop', ownerReferences: [{ apiVersion: 'example.com/v1', kind: 'Widget' }] },
    };
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(wanted), applied(stray), inSync('ConfigMap'));
    expect(paths(comparison.compare(at).opened)).toEqual(['extra stray']);

    comparison.take(applied(owned));
    expect(paths(comparison.compare(at).resolved)).toEqual(['extra stray']);
    expect(comparison.lacksWhatIsAsked).toBe(false);
    comparison.setBasis(basisOf(desiredOf(wanted, stray)));
    expect(comparison.lacksWhatIsAsked).toBe(true);
    comparison.take(applied(owned));
    expect(comparison.lacksWhatIsAsked).toBe(false);
  });

  it('leaves what the controller made because of something desired, and what it made before', () => {
    const made = (name: string, manager: string, labels: JsonObject = {}): JsonObject => ({
      ...configMap(name, {}),
      metadata: { name, namespace: 'shop', labels, managedFields: [{ manager, time: at, fieldsV1: { 'f:data': {} } }] },
    });
    const app = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'child', namespace: 'shop' } };
    const basis = basisOf(desiredOf(configMap('web-7b8h2ftm9k', {}), app));
    const older = made('web-5c8h2ftm9k', 'argocd-controller');
    const child = made('a', 'argocd-controller', { 'app.kubernetes.io/instance': 'child' });
    const comparison = comparisonOf(
      basis,
      applied(older),
      applied(child),
      applied(made('web-6c8h2ftm9k', 'kubectl-create')),
      inSync('ConfigMap'),
    );

    expect(paths(comparison.compare(at).opened)).toEqual(['missing web-7b8h2ftm9k', 'extra web-6c8h2ftm9k']);
  });

  it('keeps what only says that it has an owner', () => {
    const metadata = { name: 'mine', namespace: 'shop', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }] };
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(wanted), applied({ ...wanted, metadata }), inSync('ConfigMap'));

    expect(paths(comparison.compare(at).opened)).toEqual(['extra mine']);
  });

  it('compares an object that is too deep to be written down', () => {
    const deep = (end: string) => Array.from({ length: 20_000 }).reduce<JsonObject>((value) => ({ a: value }), { a: end });
    const config = (end: string): JsonObject => ({ ...configMap('settings', {}), deep: deep(end) });
    const comparison = comparisonOf(basisOf(desiredOf(config('a'))), applied(config('b')), inSync('ConfigMap'));

    expect(comparison.compare(at).opened).toHaveLength(1);
  });

  it('leaves open what it can no longer see, and looks again when it can', () => {
    const comparison = comparisonOf(basisOf(desiredOf(wanted)), applied(configMap('settings', { mode: 'slow' })), inSync('ConfigMap'));
    comparison.compare(at);
    comparison.take({ kind: 'gap', gap });
    comparison.take(applied(wanted));
    expect(comparison.compare(at).resolved).toEqual([]);

    comparison.take({ kind: 'gap-closed', gap, at });
    expect(comparison.compare(later).resolved).toHaveLength(1);
  });

  it('goes on where another observer stopped, without opening anything again', () => {
    const before = comparisonOf(basisOf(desiredOf(wanted)), applied(configMap('settings', { mode: 'slow' })), inSync('ConfigMap'));
    const open = before.compare(at).opened;
    const comparison = new TargetComparison({ target: 'eu/argocd/shop', open, containersOf: () => [] });
    comparison.setBasis(basisOf(desiredOf(wanted)));
    expect(comparison.compare(later)).toEqual({ opened: [], resolved: [], changed: [] });

    comparison.take(applied(configMap('settings', { mode: 'slow' }), later));
    comparison.take(inSync('ConfigMap'));
    expect(comparison.compare(later)).toEqual({ opened: [], resolved: [], changed: [] });
    expect(comparison.openItems().map(({ firstSeen }) => firstSeen)).toEqual([at]);
  });

  it('takes what is as before or as it is going to be, while a commit arrives', () => {
    const next = configMap('settings', { mode: 'new' });
    const added = configMap('added', {});
    const basis = basisOf(desiredOf(wanted), { arriving: desiredOf(next, added) });
    const comparison = comparisonOf(basis, applied(wanted), inSync('ConfigMap'));
    expect(comparison.compare(at).opened).toEqual([]);

    comparison.take(applied(next));
    comparison.take(applied(added));
    expect(comparison.compare(at).opened).toEqual([]);
    comparison.take(applied(configMap('settings', { mode: 'other' })));
    expect(paths(comparison.compare(at).opened)).toEqual(['changed settings/data/mode']);
  });

  it('compares everything again by another basis, a part at a time', () => {
    const objects = Array.from({ length: 5 }, (_, index) => configMap(`settings-${String(index)}`, { mode: 'fast' }));
    const comparison = comparisonOf(basisOf(desiredOf(...objects)), ...objects.map((object) => applied(object)), inSync('ConfigMap'));
    comparison.compare(at);
    comparison.setBasis(
      basisOf(desiredOf(...objects.map(({ metadata }) => ({ ...configMap('', { mode: 'slow' }), metadata: metadata ?? {} })))),
    );

    expect(comparison.compare(at, 2).opened).toHaveLength(2);
    expect(comparison.isIdle).toBe(false);
    expect(comparison.compare(at).opened).toHaveLength(3);
    expect(comparison.isIdle).toBe(true);
  });

  it('judges what pods run, and follows them', () => {
    const [right, wrong] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
    const containers = [{ name: 'web', image: `registry.example.com/web@${right ?? ''}` }];
    const deployment: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers } } },
    };
    const pod: JsonObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-1-a', namespace: 'shop', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet' }] },
    };
    const running = (digest: string | undefined): LiveContainer => ({
      namespace: 'shop',
      pod: 'web-1-a',
      container: 'web',
      kind: 'main',
      image: `registry.example.com/web@${right ?? ''}`,
      ...(digest === undefined ? {} : { digest }),
      ready: true,
      owner: { kind: 'ReplicaSet', name: 'web-1' },
    });
    let runs = right;
    const comparison = new TargetComparison({ target: 'eu/argocd/shop', open: [], containersOf: () => [running(runs)] });
    comparison.setBasis(basisOf(desiredOf(deployment)));
    for (const event of [applied(deployment), inSync('Pod'), applied(pod)]) comparison.take(event);
    expect(comparison.compare(at).opened).toEqual([]);

    runs = wrong;
    comparison.take(applied(pod));
    expect(comparison.compare(at).opened.map(({ class: how, severity }) => [how, severity])).toEqual([['image', 'image']]);
    comparison.take(deleted(pod));
    expect(comparison.compare(at).resolved).toHaveLength(1);
  });

  it('sees that the last pod is gone where it looks at one namespace', () => {
    const pod: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'debug', namespace: 'shop' } };
    const running = {
      namespace: 'shop',
      pod: 'debug',
      container: 'a',
      kind: 'main',
      image: 'registry.example.com/debug:1',
      ready: true,
    } as const;
    const comparison = new TargetComparison({ target: 'eu/argocd/shop', open: [], containersOf: () => [running] });
    comparison.setBasis(basisOf(desiredOf(wanted)));
    for (const event of [applied(wanted), applied(pod), { ...inSync('Pod'), namespace: 'shop' }, inSync('ConfigMap')])
      comparison.take(event);
    expect(
      comparison
        .compare(at)
        .opened.map(({ class: how }) => how)
        .toSorted(),
    ).toEqual(['extra', 'image']);

    comparison.take(deleted(pod));
    expect(
      comparison
        .compare(at)
        .resolved.map(({ class: how }) => how)
        .toSorted(),
    ).toEqual(['extra', 'image']);
  });

  it('has compared nothing of what it failed at', () => {
    let fails = true;
    const basis = basisOf(desiredOf(wanted, configMap('other', {})));
    const hashSecret = (): string => {
      if (fails) throw new Error('no key');
      return '#';
    };
    const comparison = comparisonOf({ ...basis, rules: { ...basis.rules, hashSecret } }, applied(wanted), inSync('ConfigMap'));
    comparison.take(applied(configMap('other', { password: 'hunter2' })));

    expect(() => comparison.compare(at)).toThrow('no key');
    expect(comparison.isIdle).toBe(false);
    fails = false;
    expect(paths(comparison.compare(at).opened)).toEqual(['added-field other/data/password']);
  });
});
