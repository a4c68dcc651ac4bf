import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { at, listAt, numberAt, objectAt, textAt, type JsonObject } from '../json/json.ts';
import { writeOrder } from '../kube/kube-object.ts';
import { createSource, deliverWeb, type WebDelivery } from './testing/deliver-web.ts';
import { fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { conditionsText, isReady } from './testing/steps.ts';

let world: FluxWorld;
let web: WebDelivery;

beforeAll(async () => {
  world = await fluxWorld();
  await createSource(world);
  web = await deliverWeb(world, 'drift', { wait: true });
  await web.publish({ replicas: 2 });
});

afterAll(() => world[Symbol.asyncDispose]());

const container = (env: readonly JsonObject[]): JsonObject => ({ spec: { template: { spec: { containers: [{ name: 'web', env }] } } } });

async function editDeployment(body: JsonObject, manager: string): Promise<void> {
  const contentType = 'application/strategic-merge-patch+json';
  const path = web.path('deployments', 'web');
  await world.client.send({ verb: 'PATCH', path, query: { fieldManager: manager }, body, contentType });
}

async function environment(): Promise<readonly string[]> {
  const live = await web.live('deployments', 'web');
  const [first] = listAt(live, 'spec', 'template', 'spec', 'containers');
  return listAt(first, 'env').map((variable) => `${textAt(variable, 'name') ?? ''}=${textAt(variable, 'value') ?? ''}`);
}

describe('drift', () => {
  it('does not change the Kustomization until its next reconciliation, which corrects it silently', async () => {
    const before = world.states('Kustomization', 'drift').at(-1);
    await editDeployment({ spec: { replicas: 5 } }, 'kubectl-scale');
    await world.edit(web.path('configmaps', 'web-config'), { data: { LOG_LEVEL: 'debug' } });
    const unmoved = await world.read('/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/drift');
    expect(unmoved && writeOrder(unmoved)).toBe(before && writeOrder(before));

    const corrected = await world.reconcile('Kustomization', 'drift');

    expect(isReady(corrected)).toBe(true);
    expect(numberAt(await web.live('deployments', 'web'), 'spec', 'replicas')).toBe(2);
    expect(at(await web.live('configmaps', 'web-config'), 'data')).toEqual({ LOG_LEVEL: 'info' });
  });

  it("takes back what kubectl's managers added, declared or not", async () => {
    await editDeployment(
      container([
        { name: 'MODE', value: 'edited' },
        { name: 'EXTRA', value: '1' },
      ]),
      'kubectl-set',
    );
    expect(await environment()).toContain('EXTRA=1');

    await world.reconcile('Kustomization', 'drift');

    expect(await environment()).toEqual(['MODE=dev']);
  });

  it('leaves what any other manager added, and stays ready', async () => {
    await editDeployment(container([{ name: 'SIDE', value: '1' }]), 'operator');

    const reconciled = await world.reconcile('Kustomization', 'drift');

    expect(await environment()).toContain('SIDE=1');
    expect(conditionsText(reconciled)).toBe('Ready=True(ReconciliationSucceeded) Healthy=True(Succeeded)');
  });

  it('makes what was deleted anew', async () => {
    await world.client.send({ verb: 'DELETE', path: web.path('services', 'web') });

    await world.reconcile('Kustomization', 'drift');

    expect(await web.live('services', 'web')).toBeDefined();
  });

  it('writes nothing that is as declared', async () => {
    const before = await web.live('configmaps', 'web-config');

    await world.reconcile('Kustomization', 'drift');

    expect(await web.live('configmaps', 'web-config')).toEqual(before);
  });

  it('says in an event which objects it configured, not which fields', async () => {
    await world.edit(web.path('configmaps', 'web-config'), { data: { LOG_LEVEL: 'trace' } });

    await world.reconcile('Kustomization', 'drift');

    const events = await world.client.send({ verb: 'GET', path: '/api/v1/namespaces/flux-system/events' });
    const messages = listAt(events, 'items').map((event) => textAt(event, 'message') ?? '');
    expect(messages).toContain('ConfigMap/ns-drift/web-config configured');
  });
});

describe('an object that opts out', () => {
  const flag = (key: string, value: string): JsonObject => ({
    metadata: { annotations: { [`kustomize.toolkit.fluxcd.io/${key}`]: value } },
  });

  it('is not reconciled while it says so, and stays in the inventory', async () => {
    await world.edit(web.path('configmaps', 'web-config'), { ...flag('reconcile', 'Disabled'), data: { LOG_LEVEL: 'mine' } });

    const reconciled = await world.reconcile('Kustomization', 'drift');

    expect(objectAt(await web.live('configmaps', 'web-config'), 'data')).toEqual({ LOG_LEVEL: 'mine' });
    expect(listAt(reconciled, 'status', 'inventory', 'entries')).toHaveLength(3);
    expect(isReady(reconciled)).toBe(true);
  });

  it('keeps what kubectl added when it asks to be merged', async () => {
    await editDeployment({ ...flag('ssa', 'Merge'), ...container([{ name: 'KEPT', value: '1' }]) }, 'kubectl-edit');

    await world.reconcile('Kustomization', 'drift');

    expect(await environment()).toContain('KEPT=1');
  });
});
