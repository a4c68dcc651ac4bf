import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { at, listAt, numberAt, objectAt, textAt } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { uidOf, type KubeObject } from '../kube/kube-object.ts';
import { createSource, deliverWeb } from './testing/deliver-web.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { conditionsText, hasEndedWith, inventoryIds, isReady, readyMessage } from './testing/steps.ts';

let world: FluxWorld;

beforeAll(async () => {
  world = await fluxWorld({ maxTimeoutMs: 1500 });
  await createSource(world);
});

afterEach(() => world.rest());

afterAll(() => world[Symbol.asyncDispose]());

const app = { kind: 'GitRepository', name: 'app' };
const configMap = (name: string, data: string, metadata = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${metadata}data: ${data}\n`;

function envOf(deployment: KubeObject | undefined): readonly string[] {
  const [container] = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  return listAt(container, 'env').map((variable) => textAt(variable, 'value') ?? '');
}

describe('what a Kustomization builds', () => {
  it('is changed by its images, patches and components', async () => {
    const web = await deliverWeb(world, 'edited', {
      images: [{ name: 'registry.example.test/web', newName: 'registry.example.test/other', digest: `sha256:${'d'.repeat(64)}` }],
      patches: [{ patch: '[{"op":"replace","path":"/spec/replicas","value":3}]', target: { kind: 'Deployment' } }],
      components: ['../../components/extra'],
      commonMetadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
    });
    const component = `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [more.yaml]\n`;
    await web.publish(
      {},
      { 'components/extra/kustomization.yaml': component, 'components/extra/more.yaml': configMap('more', '{ a: "1" }') },
    );

    const deployment = await web.live('deployments', 'web');

    expect(numberAt(deployment, 'spec', 'replicas')).toBe(3);
    expect(JSON.stringify(deployment)).toContain(`registry.example.test/other@sha256:${'d'.repeat(64)}`);
    expect(await web.live('configmaps', 'more')).toMatchObject({ metadata: { labels: { team: 'a' }, annotations: { note: 'b' } } });
  });

  it('takes variables from ConfigMaps and from the spec, which wins', async () => {
    await world.client.send({
      verb: 'POST',
      path: '/api/v1/namespaces/flux-system/configmaps',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'vars' }, data: { COLOUR: 'red', SIZE: '3' } },
    });
    const web = await deliverWeb(world, 'substituted', {
      postBuild: {
        substitute: { COLOUR: 'blue' },
        substituteFrom: [
          { kind: 'ConfigMap', name: 'vars' },
          { kind: 'Secret', name: 'none', optional: true },
        ],
      },
    });
    const data = '{ colour: "${COLOUR}", size: "s${SIZE}", other: "${OTHER:=none}", kept: "$${COLOUR}" }';
    await web.publish({ more: { 'vars.yaml': configMap('seen', data) } });

    expect(objectAt(await web.live('configmaps', 'seen'), 'data')).toEqual({
      colour: 'blue',
      size: 's3',
      other: 'none',
      kept: '${COLOUR}',
    });
  });

  it('fails when a variable has no value', async () => {
    const web = await deliverWeb(world, 'unset', { postBuild: { substitute: { A: '1' } } });

    const failed = await web.publish({ more: { 'vars.yaml': configMap('seen', '{ b: "${B}" }') } });

    expect(conditionsText(failed)).toContain('Ready=False(BuildFailed)');
    expect(readyMessage(failed)).toContain(
      `post build failed for '/v1, Kind=ConfigMap/seen': envsubst error: variable substitution failed`,
    );
  });

  it('is every manifest below the path where no kustomization says otherwise', async () => {
    await createNamespace(world.client, 'ns-plain');
    const commit = await world.commit({
      'plain/a.yaml': configMap('a', '{}'),
      'plain/in/b.yaml': configMap('b', '{}'),
      'plain/README.md': '#',
    });
    await world.reconcile('GitRepository', 'app');
    await world.create('Kustomization', 'plain', {
      interval: '1h',
      prune: true,
      path: './plain',
      targetNamespace: 'ns-plain',
      sourceRef: app,
    });

    const delivered = await world.until('Kustomization', 'plain', (object) => hasEndedWith(object, commit));

    expect(inventoryIds(delivered)).toEqual(['ns-plain_a__ConfigMap', 'ns-plain_b__ConfigMap']);
  });
});

describe('pruning', () => {
  it('deletes what is no longer declared, unless the object keeps itself', async () => {
    const web = await deliverWeb(world, 'pruned');
    const flag = '  labels: { kustomize.toolkit.fluxcd.io/prune: disabled }\n';
    const more = { 'gone.yaml': configMap('gone', '{}'), 'kept.yaml': configMap('kept', '{}', flag) };
    await web.publish({ more });

    const pruned = await web.publish();

    expect(await web.live('configmaps', 'gone')).toBeUndefined();
    expect(await web.live('configmaps', 'kept')).toBeDefined();
    expect(inventoryIds(pruned)).toHaveLength(3);
    expect(isReady(pruned)).toBe(true);
  });

  it('deletes nothing where it is off', async () => {
    const web = await deliverWeb(world, 'unpruned', { prune: false });
    await web.publish({ more: { 'stays.yaml': configMap('stays', '{}') } });

    await web.publish();

    expect(await web.live('configmaps', 'stays')).toBeDefined();
  });

  it('deletes everything with the Kustomization, but nothing with a suspended one', async () => {
    const [gone, kept] = [await deliverWeb(world, 'deleted'), await deliverWeb(world, 'deleted-suspended')];
    await gone.publish();
    await kept.publish();
    await world.patch('Kustomization', kept.name, { spec: { suspend: true } });

    for (const { name } of [gone, kept]) {
      await world.remove('Kustomization', name);
      await expect
        .poll(() => world.read(`/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${name}`))
        .toBeUndefined();
    }

    expect(await gone.live('services', 'web')).toBeUndefined();
    expect(await kept.live('services', 'web')).toBeDefined();
  });
});

describe('health', () => {
  it('is not assessed unless somebody waits', async () => {
    const web = await deliverWeb(world, 'unawaited');

    const delivered = await web.publish({ podAnnotations: { 'test-cluster/ready': 'false' } });

    expect(conditionsText(delivered)).toBe('Ready=True(ReconciliationSucceeded)');
  });

  it('is that of the named objects alone, and times out', async () => {
    const healthChecks = [{ kind: 'Deployment', name: 'web', namespace: 'ns-named' }];
    const web = await deliverWeb(world, 'named', { healthChecks });

    const failed = await web.publish({ podAnnotations: { 'test-cluster/ready': 'false' } });

    expect(conditionOf(failed, 'Healthy')?.message).toBe("timeout waiting for: [Deployment/ns-named/web status: 'InProgress']");
    expect(conditionsText(failed)).toBe(
      'Reconciling=True(ProgressingWithRetry) Ready=False(HealthCheckFailed) Healthy=False(HealthCheckFailed)',
    );
    expect(textAt(failed, 'status', 'lastAppliedRevision')).toBeUndefined();
    expect(inventoryIds(failed)).toHaveLength(3);
  });
});

describe('an object that can not be changed in place', () => {
  it('is made anew by force', async () => {
    const web = await deliverWeb(world, 'forced', { force: true });
    await web.publish();
    const before = await web.live('deployments', 'web');

    const delivered = await web.publish({ selector: { x: 'y' } });

    const after = await web.live('deployments', 'web');
    expect(isReady(delivered)).toBe(true);
    expect(after && uidOf(after)).not.toBe(before && uidOf(before));
    expect(objectAt(after, 'spec', 'selector', 'matchLabels')).toEqual({ app: 'web', x: 'y' });
  });
});

describe('a dependency', () => {
  it('holds up, also after a request, until it is ready at the same revision', async () => {
    const dependent = await deliverWeb(world, 'dependent', { dependsOn: [{ name: 'base' }] });
    await world.commit({ 'overlays/base/a.yaml': configMap('a', '{}') });
    const commit = await world.commit({ 'overlays/dependent/a.yaml': configMap('a', '{}') });
    await world.reconcile('GitRepository', 'app');
    await world.create('Kustomization', 'dependent', {
      ...{ interval: '1h', prune: true, path: './overlays/dependent', targetNamespace: dependent.namespace, sourceRef: app },
      dependsOn: [{ name: 'base' }],
    });
    const asked = await world.reconcile('Kustomization', 'dependent');
    expect(conditionsText(asked)).toBe('Ready=False(DependencyNotReady)');
    expect(textAt(asked, 'status', 'lastAttemptedRevision')).toBeUndefined();

    await world.create('Kustomization', 'base', {
      interval: '1h',
      prune: true,
      path: './overlays/base',
      targetNamespace: dependent.namespace,
      sourceRef: app,
    });

    const delivered = await world.until('Kustomization', 'dependent', (object) => hasEndedWith(object, commit));
    expect(envOf(await dependent.live('deployments', 'web'))).toEqual([]);
    expect(isReady(delivered)).toBe(true);
  });
});

describe('suspension', () => {
  it('still handles requests and observes the generation, which proves nothing', async () => {
    const web = await deliverWeb(world, 'suspended');
    await web.publish();
    await world.patch('Kustomization', web.name, { spec: { suspend: true } });
    await world.edit(web.path('configmaps', 'web-config'), { data: { LOG_LEVEL: 'edited' } });

    const asked = await world.reconcile('Kustomization', web.name);

    const observed = await world.until(
      'Kustomization',
      web.name,
      (object) => at(object, 'status', 'observedGeneration') === asked.metadata['generation'],
    );
    expect(conditionsText(observed)).toBe('Ready=True(ReconciliationSucceeded)');
    expect(conditionOf(observed, 'Ready')).toEqual(conditionOf(asked, 'Ready'));
    expect(objectAt(await web.live('configmaps', 'web-config'), 'data')).toEqual({ LOG_LEVEL: 'edited' });
  });
});

describe('history', () => {
  it('keeps the last five outcomes, the newest first', async () => {
    const web = await deliverWeb(world, 'history');
    for (const replicas of [1, 2, 3, 4, 5, 6]) await web.publish({ replicas });

    const delivered = await web.publish({ replicas: 6 });

    const history = listAt(delivered, 'status', 'history');
    expect(history.map((entry) => numberAt(entry, 'totalReconciliations'))).toEqual([2, 1, 1, 1, 1]);
    expect(textAt(history[0], 'metadata', 'revision')).toBe(textAt(delivered, 'status', 'lastAppliedRevision'));
  });
});

describe('a namespace in the same Kustomization', () => {
  it('is there before what goes into it', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: ns-own }\n';
    const inside = configMap('inside', '{}', '  namespace: ns-own\n');
    const commit = await world.commit({ 'own/a.yaml': inside, 'own/z.yaml': namespace });
    await world.reconcile('GitRepository', 'app');
    await world.create('Kustomization', 'own', { interval: '1h', prune: true, path: './own', sourceRef: app });

    const delivered = await world.until('Kustomization', 'own', (object) => hasEndedWith(object, commit));

    expect(inventoryIds(delivered)).toEqual(['_ns-own__Namespace', 'ns-own_inside__ConfigMap']);
  });

  it('is missed where it is missing', async () => {
    const commit = await world.commit({
      'lost/a.yaml': configMap('lost', '{}', '  namespace: ns-lost\n'),
      'bare/a.yaml': configMap('bare', '{}'),
    });
    await world.reconcile('GitRepository', 'app');
    const messages = [];
    for (const name of ['lost', 'bare']) {
      await world.create('Kustomization', name, { interval: '1h', prune: true, path: `./${name}`, sourceRef: app });
      messages.push(readyMessage(await world.until('Kustomization', name, (object) => hasEndedWith(object, commit))));
    }

    expect(messages).toEqual([
      'ConfigMap/ns-lost/lost not found: namespaces "ns-lost" not found\n',
      'ConfigMap/bare namespace not specified: the server could not find the requested resource\n',
    ]);
  });
});
